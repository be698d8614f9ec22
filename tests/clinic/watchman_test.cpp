// What is worth an alarm, and since when: a modem away for long, messages that do not go, a full disk; and that
// somebody must be there to carry it.
#include "clinic/watchman.hpp"

#include "office.hpp"

namespace burstd::clinic {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class WatchmanTest : public Office {
 protected:
  std::vector<std::string> causes(base::Milliseconds later, std::vector<Sight::Modem> modems, Sight more = {}) {
    more.at = begin + later;
    more.modems = std::move(modems);
    std::vector<std::string> causes;
    for (const Trouble& trouble : watchman.look(more, alarm)) causes.push_back(trouble.cause);
    return causes;
  }

  const base::Time begin = *base::from_rfc3339("2026-11-28T08:00:00Z");
  const Sight::Modem well{"well", "", true, true}, away{"front", "It is gone.", false, false},
      paused{"front", "", true, false};
  AlarmOptions alarm{"+41791234567", 10min, 5};
  Watchman watchman{gateway};
};

TEST_F(WatchmanTest, AModemMayBeAwayForAWhile) {
  EXPECT_THAT(causes(0min, {well, away}), IsEmpty());
  EXPECT_THAT(causes(9min, {well, away}), IsEmpty());
  EXPECT_THAT(causes(10min, {well, away}), ElementsAre("modem-front"));
  EXPECT_THAT(causes(11min, {well, well}), IsEmpty());
  EXPECT_THAT(causes(12min, {well, away}), IsEmpty()) << "it was well in between";
}

TEST_F(WatchmanTest, APausedModemIsNoTrouble) {
  causes(0min, {well, paused});
  EXPECT_THAT(causes(60min, {well, paused}), IsEmpty());
}

TEST_F(WatchmanTest, WithoutAModemThatSendsNobodyIsTold) {
  causes(0min, {away});
  EXPECT_THAT(causes(60min, {away}), IsEmpty());
  EXPECT_THAT(causes(61min, {away, paused}, {{}, {}, begin - 2h, 0.0}), IsEmpty());
  EXPECT_THAT(causes(62min, {away, well}), ElementsAre("modem-front"));
}

TEST_F(WatchmanTest, WhatDoesNotGoAndAFullDiskAreTold) {
  EXPECT_THAT(causes(0min, {well}, {{}, {}, begin - 59min, 0.5}), IsEmpty());
  EXPECT_THAT(causes(0min, {well}, {{}, {}, begin - 60min, 0.02}), ElementsAre("due", "disk"));
}

}  // namespace
}  // namespace burstd::clinic
