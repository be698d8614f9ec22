#include "clinic/rules.hpp"

#include <gtest/gtest.h>

#include "clinic/canonical.hpp"
#include "clinic/selection.hpp"
#include "clinic/templates.hpp"
#include "clinic/timezones.hpp"

namespace burstd::clinic {
namespace {

using namespace std::chrono_literals;

TEST(Rules, EveryVerdictButOkIsBornEnded) {
  EXPECT_FALSE(stillborn_of(burst::Verdict::ok));
  EXPECT_EQ(stillborn_of(burst::Verdict::opted_out)->event, message::Event::blocked);
  EXPECT_EQ(stillborn_of(burst::Verdict::expired)->event, message::Event::expired);
  const auto invalid = stillborn_of(burst::Verdict::number_invalid).value();
  EXPECT_EQ(invalid.event, message::Event::refused_for_good);
  EXPECT_EQ(invalid.cause.code, "number-invalid");
  EXPECT_EQ(invalid.cause.sentence, "Phone number is not valid");
}

TEST(Rules, ACountryWithoutAPlanIsFoundAtTheStart) {
  Options options;
  options.country = "XX";
  EXPECT_THROW(rules_of(options), std::runtime_error);
}

TEST(Selection, TheSameRowsHaveTheSameForm) {
  EXPECT_EQ(canonical({1, 2, 3, 7, 9, 10}), "1-3,7,9-10");
  EXPECT_EQ(canonical({5}), "5");
  EXPECT_EQ(canonical({}), "none");
  EXPECT_NE(canonical({1, 2}), canonical({12}));
}

TEST(Selection, IsReadBackFromItsForm) {
  for (const std::set<int>& rows : {std::set<int>{}, {5}, {1, 2, 3, 7, 9, 10}, {2, 4}, {8, 9}}) {
    EXPECT_EQ(rows_in(canonical(rows)), rows) << canonical(rows);
  }
}

TEST(Timezone, IsOneThatTheMachineKnows) {
  EXPECT_TRUE(is_timezone("Europe/Zurich"));
  for (const char* none : {"", "Europe/Atlantis", "../zoneinfo/UTC", "/etc/localtime", "Europe", "zone.tab",
                           "tzdata.zi", "posix/Europe/Zurich", "Factory", "a b"}) {
    EXPECT_FALSE(is_timezone(none)) << none;
  }
}

TEST(Selection, RowsThatTheBurstHasNotAreNamed) {
  Selection selection;
  selection.deselect = std::vector<int>{0, 1, 3, 4};
  EXPECT_EQ(unknown_rows(selection, 3), (std::vector<int>{0, 4}));
}

TEST(Canonical, TellsFieldsApart) {
  const auto digest = [](const std::optional<std::string>& one, const std::optional<std::string>& two) {
    return Canonical().add(one).add(two).digest();
  };
  EXPECT_EQ(digest("a", "b"), digest("a", "b"));
  EXPECT_NE(digest("ab", ""), digest("a", "b"));
  EXPECT_NE(digest("", std::nullopt), digest(std::nullopt, ""));
  EXPECT_NE(digest("-", std::nullopt), digest(std::nullopt, "-"));
  EXPECT_NE(Canonical().add("1").digest(), Canonical().add(std::int64_t{1}).digest());
}

TEST(Templates, HaveTheMaintainedOneAndThoseOfTheConfiguration) {
  Options options;
  options.templates["recall"] = Template{"Dear {patient_name}, please call us.", "Recall"};
  const Templates templates(options);
  ASSERT_EQ(templates.list().size(), 2U);
  const auto* const reminder = templates.find("appointment-reminder");
  ASSERT_NE(reminder, nullptr);
  EXPECT_TRUE(reminder->maintained);
  EXPECT_FALSE(reminder->configured);
  EXPECT_EQ(reminder->placeholders, (std::vector<std::string>{"patient_name", "date", "time", "clinic"}));
  EXPECT_TRUE(templates.find("recall")->maintained);
  EXPECT_TRUE(templates.find("recall")->configured);
  EXPECT_EQ(templates.find("nothing"), nullptr);
}

TEST(Templates, AFaultIsFoundAtTheStart) {
  Options broken, taken, format;
  format.date_format = "DD.MM.";
  EXPECT_THROW(Templates{format}, std::runtime_error);
  broken.templates["recall"] = Template{"Dear {patient_name", ""};
  EXPECT_THROW(Templates{broken}, std::runtime_error);
  taken.templates["appointment-reminder"] = Template{"mine", ""};
  EXPECT_THROW(Templates{taken}, std::runtime_error);
}

}  // namespace
}  // namespace burstd::clinic
