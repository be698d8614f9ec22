#include "message/meaning.hpp"

#include <gmock/gmock.h>

#include "message/noon.hpp"

namespace burstd::message {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

// Sent this long ago; may be delivered for a day.
Earlier sent(Key key, std::string whom, base::Milliseconds ago) {
  return {key, std::move(whom), std::nullopt, std::nullopt, noon - ago + 24h, noon - ago};
}

Earlier reminder(Key key, std::string whom, base::Milliseconds ago, base::Milliseconds until_appointment) {
  Earlier made = sent(key, std::move(whom), ago);
  made.appointment_at = noon + until_appointment;
  return made;
}

Meaning heard(const std::vector<Earlier>& earlier, std::optional<base::Time> service_centre = {}) {
  return meaning_of(earlier, {noon, service_centre});
}

TEST(Meaning, NothingWasSentNothingIsMeant) {
  const auto meaning = heard({});
  EXPECT_THAT(meaning.matches, IsEmpty());
  EXPECT_FALSE(meaning.ambiguous);
  EXPECT_FALSE(meaning.in_window);
}

TEST(Meaning, OnePatientIsPlainHoweverManyMessages) {
  const auto meaning = heard({sent(9, "4711", 1h), sent(7, "4711", 2h)});
  EXPECT_THAT(meaning.matches, ElementsAre(9, 7));
  EXPECT_FALSE(meaning.ambiguous);
  EXPECT_TRUE(meaning.in_window);
}

TEST(Meaning, TwoPatientsWithOneNumberAreAmbiguous) {
  EXPECT_TRUE(heard({sent(2, "4711", 1h), sent(1, "4712", 2h)}).ambiguous);
  EXPECT_TRUE(heard({sent(2, "4711", 1h), sent(1, "", 2h)}).ambiguous) << "who is not named may be anybody";
}

TEST(Meaning, SeveralOpenAppointmentsAreAmbiguousOneToldTwiceIsNot) {
  EXPECT_TRUE(heard({reminder(2, "4711", 1h, 24h), reminder(1, "4711", 2h, 48h)}).ambiguous);
  EXPECT_FALSE(heard({reminder(2, "4711", 1h, 24h), reminder(1, "4711", 2h, 24h)}).ambiguous);
  EXPECT_FALSE(heard({reminder(2, "4711", 1h, 24h), sent(1, "4711", 2h)}).ambiguous);
}

TEST(Meaning, WhatIsOverIsNotMeantWhileSomethingIsAwaited) {
  const auto meaning = heard({reminder(3, "4712", 5h, -1h), reminder(2, "4711", 6h, 24h), sent(1, "4713", 30h)});
  EXPECT_THAT(meaning.matches, ElementsAre(2));
  EXPECT_FALSE(meaning.ambiguous);
  EXPECT_TRUE(meaning.in_window);
}

TEST(Meaning, WhatTheCallerExpectsGoesBeforeAppointmentAndValidity) {
  Earlier question = reminder(1, "4711", 1h, 24h);
  question.expects_reply_until = noon - 1min;
  EXPECT_FALSE(heard({question}).in_window);
  EXPECT_THAT(heard({question}).matches, ElementsAre(1));
  Earlier recall = sent(1, "4711", 24h * 5);
  recall.expects_reply_until = noon;
  EXPECT_TRUE(heard({recall}).in_window) << "its last moment counts";
}

TEST(Meaning, ALateAnswerMatchesWhatWasSentInTheLastThirtyDays) {
  const auto meaning = heard({sent(3, "4711", 48h), sent(2, "4712", 72h), sent(1, "4713", 24h * 31)});
  EXPECT_THAT(meaning.matches, ElementsAre(3, 2));
  EXPECT_TRUE(meaning.ambiguous);
  EXPECT_FALSE(meaning.in_window);
}

TEST(Meaning, AnAnswerThatWaitedInTheModemCountsFromWhenTheNetworkHadIt) {
  const std::vector<Earlier> over{reminder(1, "4711", 10h, -1h)};
  EXPECT_TRUE(heard(over, noon - 2h).in_window);
  EXPECT_FALSE(heard(over, noon - 30min).in_window);
  EXPECT_FALSE(heard(over, noon - 11h).in_window) << "before the message had left: that clock is wrong";
  EXPECT_FALSE(heard(over, noon + 2h).in_window);
}

}  // namespace
}  // namespace burstd::message
