// The rungs by which a modem is got going again: which comes when, how long it waits, when it begins at the foot.
#include "modem/ladder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr Ladder::Means no_means{}, by_command{true, false}, by_socket{false, true}, all_means{true, true};

// "o" opened again, "r" reset, "u" socket switched, "q" quarantine.
std::string climbed(Ladder& ladder, Ladder::Means means, int failures) {
  std::string rungs;
  for (int at = 0; at < failures; ++at) rungs += "oruq"[static_cast<int>(ladder.failed(means).rung)];
  return rungs;
}

std::vector<long> pauses(Ladder& ladder, int failures) {
  std::vector<long> all;
  for (int at = 0; at < failures; ++at) all.push_back(static_cast<long>(ladder.failed(no_means).pause.count()));
  return all;
}

struct Climb {
  Ladder::Means means;
  const char* rungs;
};

TEST(LadderOf, rungs_goes_from_the_gentle_to_the_strong_as_far_as_there_are_means) {
  const std::vector<Climb> climbs{
      {no_means, "ooooooooq"}, {by_command, "ooroorooq"}, {by_socket, "ooooouooq"}, {all_means, "ooroouooq"}};
  for (const Climb& each : climbs) {
    Ladder ladder(1s, 30s);
    EXPECT_EQ(climbed(ladder, each.means, 9), each.rungs);
  }
}

TEST(LadderOf, rungs_tries_the_strongest_means_once_more_after_each_quarantine) {
  Ladder ladder(1s, 30s);
  EXPECT_EQ(climbed(ladder, all_means, 17),
            "ooroouooq"
            "uooq"
            "uooq");
  Ladder gentle(1s, 30s);
  EXPECT_EQ(climbed(gentle, by_command, 13),
            "ooroorooq"
            "rooq");
}

TEST(LadderOf, rungs_takes_the_means_that_there_are_at_the_time) {
  Ladder ladder(1s, 30s);
  EXPECT_EQ(climbed(ladder, no_means, 5), "ooooo") << "nobody has answered yet";
  EXPECT_EQ(climbed(ladder, all_means, 1), "u");
}

TEST(LadderOf, pauses_doubles_them_up_to_the_most) {
  Ladder ladder(500ms, 3s);
  EXPECT_THAT(pauses(ladder, 8), ElementsAre(500, 1000, 2000, 3000, 3000, 3000, 3000, 3000));
}

TEST(LadderOf, quarantines_makes_them_longer_and_an_hour_at_most) {
  Ladder ladder(500ms, 3s);
  std::vector<long> minutes;
  while (minutes.size() < 6) {
    const auto step = ladder.failed(all_means);
    if (step.rung == Ladder::Rung::quarantine)
      minutes.push_back(static_cast<long>(std::chrono::duration_cast<std::chrono::minutes>(step.pause).count()));
  }
  EXPECT_THAT(minutes, ElementsAre(5, 15, 30, 60, 60, 60));
  EXPECT_EQ(ladder.failed(no_means).pause, 500ms) << "the pauses begin anew after a quarantine";
}

TEST(LadderOf, service_forgets_all_failures_after_a_minute_and_only_the_pauses_before) {
  Ladder ladder(500ms, 3s);
  climbed(ladder, all_means, 5);
  ladder.served(59s);
  EXPECT_EQ(ladder.failures(), 5);
  const auto step = ladder.failed(all_means);
  EXPECT_EQ(step.rung, Ladder::Rung::usb_reset);
  EXPECT_EQ(step.pause, 500ms);
  ladder.served(60s);
  EXPECT_EQ(ladder.failures(), 0);
  EXPECT_EQ(climbed(ladder, all_means, 3), "oor");
}

TEST(LadderOf, service_that_is_short_keeps_the_length_of_the_next_quarantine) {
  Ladder ladder(500ms, 3s);
  climbed(ladder, no_means, 9);
  ladder.served(1s);
  EXPECT_EQ(climbed(ladder, no_means, 3), "ooo");
  EXPECT_EQ(ladder.failed(no_means).pause, 15min);
  ladder.served(1min);
  climbed(ladder, no_means, 8);
  EXPECT_EQ(ladder.failed(no_means).pause, 5min);
}

TEST(LadderOf, hope_begins_again_at_the_foot_when_somebody_did_something) {
  Ladder ladder(500ms, 3s);
  climbed(ladder, all_means, 9);
  ladder.begin_again();
  EXPECT_EQ(ladder.failures(), 0);
  EXPECT_THAT(pauses(ladder, 2), ElementsAre(500, 1000));
  EXPECT_EQ(climbed(ladder, all_means, 6), "roouoo");
  EXPECT_EQ(ladder.failed(all_means).pause, 5min);
}

TEST(Ladder, OneThatSwallowsMessageAfterMessageIsLeftInPeaceSooner) {
  Ladder ladder(500ms, 30s);
  const Ladder::Means silent{true, false, true, false};
  EXPECT_EQ(ladder.failed(silent).rung, Ladder::Rung::reopen);
  EXPECT_EQ(ladder.failed(silent).rung, Ladder::Rung::reopen);
  EXPECT_EQ(ladder.failed(silent).rung, Ladder::Rung::reset);
  EXPECT_EQ(ladder.failed(silent).rung, Ladder::Rung::quarantine);
  EXPECT_EQ(ladder.failed(silent).rung, Ladder::Rung::quarantine) << "until it takes one";
  ladder.accepted();
  EXPECT_NE(ladder.failed(silent).rung, Ladder::Rung::quarantine);
}

TEST(Ladder, APortThatGoesAwayIsNoFailureUnlessMessagesGoWithIt) {
  Ladder ladder(500ms, 30s);
  const Ladder::Means pulled{true, true, false, true};
  for (int times = 0; times < 20; ++times) {
    const auto step = ladder.failed(pulled);
    EXPECT_EQ(step.rung, Ladder::Rung::reopen);
    EXPECT_LE(step.pause, 2s);
  }
  EXPECT_EQ(ladder.failures(), 0);
  const Ladder::Means falls{true, true, true, true};
  for (int times = 1; times < 8; ++times) EXPECT_EQ(ladder.failed(falls).rung, Ladder::Rung::reopen);
  ladder.unplugged();
  EXPECT_EQ(ladder.failed(falls).rung, Ladder::Rung::quarantine) << "it goes away by itself";
  ladder.begin_again();
  EXPECT_EQ(ladder.failed(falls).rung, Ladder::Rung::reopen);
}

}  // namespace
}  // namespace burstd::modem
