#include "at/errors.hpp"

#include <gtest/gtest.h>

#include <set>

#include "at/reply.hpp"

namespace burstd::at {
namespace {

using base::Blame;

Failure cms(int code) { return Failure{Failure::Kind::cms, code, "+CMS ERROR: " + std::to_string(code)}; }
Failure cme(int code) { return Failure{Failure::Kind::cme, code, "+CME ERROR: " + std::to_string(code)}; }

void expect_sound(std::span<const ErrorRow> rows) {
  int before = -1;
  std::set<std::string_view> names;
  for (const ErrorRow& row : rows) {
    EXPECT_GT(row.meaning.code, before) << row.meaning.name;
    EXPECT_GE(row.last, row.meaning.code) << row.meaning.name;
    EXPECT_TRUE(names.insert(row.meaning.name).second) << "twice: " << row.meaning.name;
    EXPECT_EQ(row.meaning.sentence.back(), '.') << row.meaning.name;
    EXPECT_FALSE(row.meaning.name.empty());
    before = row.last;
  }
}

TEST(CmsErrors, have_every_row_once_in_order_each_with_a_sentence) {
  EXPECT_EQ(cms_errors().size(), 82U);
  expect_sound(cms_errors());
}

TEST(CmeErrors, have_every_row_once_in_order_each_with_a_sentence) {
  EXPECT_EQ(cme_errors().size(), 48U);
  expect_sound(cme_errors());
}

TEST(CmsErrors, are_found_by_number_and_by_name_row_by_row) {
  for (const ErrorRow& row : cms_errors()) {
    EXPECT_EQ(&meaning(cms(row.meaning.code)), &row.meaning);
    EXPECT_EQ(&meaning(cms(row.last)), &row.meaning);
    const auto failure = failure_of("+CMS ERROR: " + std::string(row.meaning.name));
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->code, row.meaning.code) << row.meaning.name;
  }
}

TEST(CmeErrors, are_found_by_number_and_by_name_row_by_row) {
  for (const ErrorRow& row : cme_errors()) {
    EXPECT_EQ(&meaning(cme(row.meaning.code)), &row.meaning);
    const auto failure = failure_of("+CME ERROR: " + std::string(row.meaning.name));
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->kind, Failure::Kind::cme);
    EXPECT_EQ(failure->code, row.meaning.code) << row.meaning.name;
  }
}

TEST(Meaning, speaks_to_a_receptionist) {
  EXPECT_EQ(meaning(cms(1)).sentence, "This phone number does not exist. Please check it with the patient.");
  EXPECT_EQ(meaning(cms(38)).sentence, "The network did not take the message. We will try again later.");
  EXPECT_EQ(meaning(cms(316)).sentence, "The SIM in this modem is locked (PUK). Do not restart; call IT.");
  EXPECT_EQ(meaning(cms(332)).sentence, "It is not certain that the message left. We are checking.");
}

TEST(Meaning, tells_the_two_number_languages_apart) {
  EXPECT_EQ(meaning(cms(10)).blame, Blame::recipient);
  EXPECT_EQ(meaning(cme(10)).name, "SIM not inserted");
  EXPECT_EQ(meaning(cme(14)).sentence, meaning(cms(314)).sentence);
  EXPECT_EQ(meaning(cme(31)).blame, Blame::unknown);
}

TEST(Meaning, answers_for_ranges_and_for_what_no_table_knows) {
  EXPECT_EQ(meaning(cms(230)).name, "application specific");
  EXPECT_EQ(meaning(cms(616)).name, "vendor specific");
  EXPECT_EQ(meaning(cms(701)).code, -1);
  EXPECT_EQ(meaning(cms(2)).code, -1);
  EXPECT_EQ(meaning(cme(999)).code, -1);
  const Failure bare{Failure::Kind::error, -1, "ERROR"};
  EXPECT_EQ(meaning(bare).sentence, "The modem could not send and gave no reason.");
  EXPECT_EQ(meaning(bare).blame, Blame::unknown);
}

}  // namespace
}  // namespace burstd::at
