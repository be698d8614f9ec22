#include "burst/preview.hpp"

#include <gmock/gmock.h>

#include "base/utf8.hpp"
#include "number/plan.hpp"

namespace burstd::burst {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

const base::Time now = base::from_rfc3339("2026-03-01T08:00:00Z").value();

class Preview : public testing::Test {
 protected:
  Preview() {
    rules.plan = number::find_plan("CH");
    timing.now = now;
  }

  std::vector<Judged> judged(std::string_view text) {
    const auto parsed = Template::parse(text);
    return preview({rows, parsed.value(), timing}, rules);
  }

  Recipient& add(std::string to, std::optional<std::string> name = std::nullopt) {
    Recipient recipient;
    recipient.to = std::move(to);
    recipient.patient_name = std::move(name);
    return rows.emplace_back(std::move(recipient));
  }

  Rules rules;
  Timing timing;
  std::vector<Recipient> rows;
};

TEST_F(Preview, ARowGetsItsTextNumberAndSegments) {
  add("079 123 45 67", "Zoë").fields = {{"date", "3 March"}};
  const auto row = judged("{patient_name}: {date}").at(0);
  EXPECT_EQ(row.row, 1);
  EXPECT_EQ(row.text, "Zoë: 3 March");
  EXPECT_EQ(row.looked.number, "+41791234567");
  EXPECT_EQ(row.looked.number_kind, "mobile");
  EXPECT_EQ(row.looked.segments, 1);
  EXPECT_EQ(row.verdict, Verdict::ok);
  EXPECT_THAT(row.flags, IsEmpty());
  EXPECT_TRUE(row.selected);
  EXPECT_EQ(row.expires_at, now + 24h);
}

TEST_F(Preview, OfAFarTooLongTextOnlyTheBeginningIsKept) {
  std::string long_name;
  for (int letter = 0; letter < 3000; ++letter) long_name += "é";
  add("0791234567", long_name);
  add("12", long_name);
  for (const auto& row : judged("Dear {patient_name}")) {
    EXPECT_NE(row.verdict, Verdict::ok);
    const auto points = base::from_utf8(row.text);
    ASSERT_TRUE(points) << "cut within a letter";
    EXPECT_EQ(points->size(), 1601U);
    EXPECT_EQ(points->substr(1599), U"é…");
  }
}

TEST_F(Preview, EachReasonHasItsVerdictAndStaysSelected) {
  add("");
  add("hello");
  add("0791234567");
  add("0791234568").patient_name = "Ann";
  add("0791234569").patient_name = std::string(2000, 'x');
  add("0791234560").patient_name = "Bob";
  rows.back().appointment_at = now + 30min;
  const auto all = judged("Dear {patient_name}");
  const std::vector<Verdict> wanted{Verdict::number_missing, Verdict::number_invalid,
                                    Verdict::field_missing,  Verdict::ok,
                                    Verdict::too_long,       Verdict::expired};
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    EXPECT_EQ(all.at(at).verdict, wanted.at(at)) << at;
    EXPECT_TRUE(all.at(at).selected) << at;
  }
  EXPECT_THAT(all.at(2).missing, ElementsAre("patient_name"));
}

TEST_F(Preview, AnExcludedRowIsNotSelectedWhateverElseIsWrong) {
  add("hello").exclude = "phoned already";
  const auto row = judged("text").at(0);
  EXPECT_EQ(row.verdict, Verdict::excluded);
  EXPECT_FALSE(row.selected);
}

TEST_F(Preview, TheSameRowAgainIsNotSelectedTheSameNumberIs) {
  add("0791234567", "Ann");
  add("+41 79 123 45 67", "Bea");
  add("0041791234567", "Ann");
  const auto all = judged("Dear {patient_name}");
  EXPECT_THAT(all.at(0).flags, IsEmpty());
  EXPECT_THAT(all.at(1).flags, ElementsAre(Flag::duplicate_number));
  EXPECT_TRUE(all.at(1).selected);
  EXPECT_THAT(all.at(2).flags, ElementsAre(Flag::duplicate_number, Flag::duplicate_row));
  EXPECT_FALSE(all.at(2).selected);
}

TEST_F(Preview, TwoPatientsOnOnePhoneAreNotTheSameRow) {
  add("0791234567").patient = "1";
  add("0791234567").patient = "2";
  EXPECT_THAT(judged("Tomorrow at ten").at(1).flags, ElementsAre(Flag::duplicate_number));
}

TEST_F(Preview, ARowThatCannotBeSentMakesNoOtherADuplicate) {
  add("0791234567").exclude = "holiday";
  add("0791234567");
  EXPECT_THAT(judged("text").at(1).flags, IsEmpty());
}

TEST_F(Preview, ARefUsedTwiceCountsOnce) {
  add("0791234567").client_ref = "a";
  add("0791234568").client_ref = "a";
  const auto all = judged("text");
  EXPECT_EQ(all.at(0).verdict, Verdict::ok);
  EXPECT_EQ(all.at(1).verdict, Verdict::already_accepted);
  EXPECT_TRUE(all.at(1).selected) << "the answer to the send names the item";
}

TEST_F(Preview, ATextThatGrowsWithoutEndIsTooLongEvenWhereAllSegmentsAreAllowed) {
  rules.most_segments = 255;
  add("0791234567").fields = {{"a", std::string(1000, 'x')}};
  add("12").fields = {{"a", std::string(1000, 'x')}};
  std::string text;
  for (int at = 0; at < 100; ++at) text += "{a}";
  const auto all = judged(text);
  EXPECT_EQ(all.at(0).verdict, Verdict::too_long);
  EXPECT_EQ(all.at(0).looked.segments, 0);
  EXPECT_EQ(all.at(1).verdict, Verdict::number_invalid);
}

TEST(Verdict, SaysWhichValuesAreMissing) {
  EXPECT_EQ(sentence(Verdict::field_missing, {"date", "clinic"}), "A value for the text is missing: date, clinic");
  EXPECT_EQ(sentence(Verdict::field_missing, {}), "A value for the text is missing");
  EXPECT_EQ(sentence(Verdict::too_long, {"date"}), "Text is too long");
  EXPECT_EQ(flag_from("recently-sent"), Flag::recently_sent);
  EXPECT_FALSE(flag_from("nothing"));
}

TEST_F(Preview, FlagsALandLineAndAConfidentialWord) {
  rules.confidential_words = {"HIV", "Überweisung"};
  add("044 668 18 00", "überweisung");
  add("0791234567", "shiver");
  const auto all = judged("{patient_name}");
  EXPECT_THAT(all.at(0).flags, ElementsAre(Flag::number_not_mobile, Flag::confidential_word));
  EXPECT_TRUE(all.at(0).selected);
  EXPECT_THAT(all.at(1).flags, IsEmpty());
}

TEST_F(Preview, WarnsWhenTheTurnComesAfterTheExpiry) {
  timing.expires_at = now + 20s;
  timing.backlog = 10s;
  timing.per_segment = 6s;
  add("0791234561"), add("0791234562"), add("0791234563");
  const auto all = judged("text");
  EXPECT_THAT(all.at(1).flags, IsEmpty());
  EXPECT_THAT(all.at(2).flags, ElementsAre(Flag::would_expire));
  EXPECT_TRUE(all.at(2).selected);
}

TEST_F(Preview, WhatMayGoOnlyAfterItsExpiryWouldExpireAtAnyPace) {
  timing.send_after = now + 5h;
  add("0791234561").appointment_at = now + 4h;
  EXPECT_THAT(judged("text").at(0).flags, ElementsAre(Flag::would_expire));
}

TEST_F(Preview, WhatItsHoursDoNotLetGoBeforeItsExpiryWouldExpireWhateverThePace) {
  const base::Time opens = now + 10h;
  timing.opening = [&](base::Time from) { return std::optional(std::max(from, opens)); };
  timing.expires_at = now + 9h;
  add("0791234561");
  EXPECT_THAT(judged("text").at(0).flags, ElementsAre(Flag::would_expire));
  timing.expires_at = now + 11h;
  EXPECT_THAT(judged("text").at(0).flags, IsEmpty());
  timing.opening = [](base::Time) { return std::optional<base::Time>(); };
  EXPECT_THAT(judged("text").at(0).flags, ElementsAre(Flag::would_expire)) << "they never begin";
}

TEST_F(Preview, WhatComesToItsTurnAfterClosingWaitsForTheNextOpening) {
  const base::Time closes = now + 15s, opens = now + 10h;
  timing.opening = [&](base::Time from) { return std::optional(from < closes ? from : std::max(from, opens)); };
  timing.per_segment = 6s;
  timing.expires_at = now + 9h;
  for (const char* number : {"0791234561", "0791234562", "0791234563", "0791234564"}) add(number);
  const auto all = judged("text");
  EXPECT_THAT(all.at(2).flags, IsEmpty());
  EXPECT_THAT(all.at(3).flags, ElementsAre(Flag::would_expire));
}

TEST_F(Preview, ExpiryFollowsTheAppointmentElseADayAfterItMayGo) {
  EXPECT_EQ(expiry_of(timing, now + 5h, rules), now + 4h);
  EXPECT_EQ(expiry_of(timing, std::nullopt, rules), now + 24h);
  timing.send_after = now + 48h;
  EXPECT_EQ(expiry_of(timing, std::nullopt, rules), now + 72h);
  timing.expires_at = now + 50h;
  EXPECT_EQ(expiry_of(timing, now + 5h, rules), now + 50h);
  EXPECT_EQ(row_expiry_of(timing, now + 5h, rules), now + 4h);
  EXPECT_EQ(row_expiry_of(timing, now + 90h, rules), now + 50h);
}

TEST_F(Preview, WhatTheRecordKnowsIsAdded) {
  add("0791234567");
  auto row = judged("text").at(0);
  EXPECT_EQ(with_known(row, {true, false, std::nullopt}).verdict, Verdict::opted_out);
  EXPECT_TRUE(with_known(row, {true, false, std::nullopt}).selected);
  EXPECT_EQ(with_known(row, {false, true, "m-1"}).verdict, Verdict::already_accepted);
  row.verdict = Verdict::number_invalid;
  EXPECT_EQ(with_known(row, {false, true, "m-1"}).verdict, Verdict::already_accepted) << "as the sending will say";
  row.verdict = Verdict::excluded;
  EXPECT_EQ(with_known(row, {false, true, "m-1"}).verdict, Verdict::excluded);
  row.verdict = Verdict::ok;
  EXPECT_TRUE(with_known(row, {false, true, "m-1"}).selected);
  const auto recent = with_known(row, {false, false, "m-1"});
  EXPECT_EQ(recent.verdict, Verdict::ok);
  EXPECT_EQ(recent.earlier_item, "m-1");
  EXPECT_THAT(recent.flags, ElementsAre(Flag::recently_sent));
  EXPECT_FALSE(recent.selected);
}

TEST_F(Preview, RowsKeepTheirOrderAndEachIsJudgedAsIfAlone) {
  for (int at = 0; at < 300; ++at) add(at % 3 == 0 ? "bad" : "079" + std::to_string(1'000'000 + at));
  const auto all = judged("text");
  for (int at = 0; at < 300; ++at) {
    EXPECT_EQ(all.at(static_cast<std::size_t>(at)).row, at + 1);
    EXPECT_EQ(all.at(static_cast<std::size_t>(at)).verdict, at % 3 == 0 ? Verdict::number_invalid : Verdict::ok);
  }
}

TEST(Look, AlonePointsOutALandLineAndAConfidentialWord) {
  Rules rules;
  rules.plan = number::find_plan("CH");
  rules.confidential_words = {"hiv test"};
  EXPECT_THAT(flags_of(look("044 668 18 00", "Your HIV test.", rules), "Your HIV test.", rules),
              ElementsAre(Flag::number_not_mobile, Flag::confidential_word));
  EXPECT_THAT(flags_of(look_at_text("HIV tests", rules), "HIV tests", rules), IsEmpty());
}

TEST(Look, TheNumbersFaultGoesBeforeTheTexts) {
  Rules rules;
  rules.plan = number::find_plan("CH");
  rules.most_segments = 1;
  const std::string text(161, 'a');
  EXPECT_EQ(look("bad", text, rules).verdict, Verdict::number_invalid);
  const auto looked = look("0791234567", text, rules);
  EXPECT_EQ(looked.verdict, Verdict::too_long);
  EXPECT_EQ(looked.segments, 2);
  EXPECT_EQ(looked.units_used, 161);
  EXPECT_EQ(look("0791234567", "тест", rules).encoding, "ucs2");
}

}  // namespace
}  // namespace burstd::burst
