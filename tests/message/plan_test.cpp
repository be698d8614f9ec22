#include "message/plan.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "noon.hpp"

namespace burstd::message {
namespace {

using namespace std::chrono_literals;

Job job(Key key, std::int64_t burst = 0, Priority priority = Priority::normal) {
  Job made;
  made.message = key;
  made.burst = burst;
  made.priority = priority;
  made.ready_at = noon;
  made.expires_at = noon + 24h;
  return made;
}

std::optional<Key> take(Plan& plan, const std::string& sim = "a", base::Time now = noon) {
  const auto taken = plan.take(sim, now);
  return taken ? std::optional{taken->message} : std::nullopt;
}

TEST(Plan, UrgentBeforeNormalOldestFirst) {
  Plan plan;
  plan.add(job(1));
  plan.add(job(2));
  plan.add(job(3, 0, Priority::urgent));
  EXPECT_EQ(take(plan), 3);
  EXPECT_EQ(take(plan), 1);
  EXPECT_EQ(take(plan), 2);
  EXPECT_FALSE(take(plan));
  EXPECT_EQ(plan.size(), 0U);
}

TEST(Plan, TellsSinceWhenWhatCouldGoHasWaited) {
  Plan plan;
  EXPECT_FALSE(plan.due_since(noon));
  Job later = job(1), closed = job(2), urgent = job(3, 0, Priority::urgent), open = job(4, 7);
  later.ready_at = noon + 1h;
  closed.category = "recall";
  closed.ready_at = noon - 5h;
  plan.add(later);
  plan.add(closed);
  plan.close({"recall"});
  EXPECT_FALSE(plan.due_since(noon));
  EXPECT_EQ(plan.due_since(noon + 2h), noon + 1h);
  open.ready_at = noon - 1h;
  plan.add(open);
  EXPECT_EQ(plan.due_since(noon), noon - 1h);
  urgent.category = "recall";
  urgent.ready_at = noon - 2h;
  plan.add(urgent);
  EXPECT_EQ(plan.due_since(noon), noon - 2h);
  EXPECT_FALSE(plan.take("a", noon - 10h));
  EXPECT_EQ(take(plan), 3);  // what is ready by then is asked for in the same way
  EXPECT_EQ(plan.due_since(noon), noon - 1h);
  plan.close({});
  EXPECT_EQ(plan.due_since(noon), noon - 5h);
}

TEST(Plan, WhatAWrongClockMeantGoesWhenItIsSetBackAndWhatAClientWantsStays) {
  Plan plan;
  Job accepted = job(1), soon = job(2), far = job(3), wanted = job(4);
  accepted.ready_at = far.ready_at = wanted.ready_at = noon + 9600h;
  soon.ready_at = noon + 2h;
  soon.refused = far.refused = wanted.appointed = true;
  for (const Job& each : {accepted, soon, far, wanted}) plan.add(each);
  EXPECT_FALSE(take(plan));
  plan.set_back(noon);
  EXPECT_EQ(take(plan), 1);
  EXPECT_EQ(take(plan), 3);
  EXPECT_FALSE(take(plan)) << "the next try is within reach, the other not wanted before its time";
  EXPECT_EQ(take(plan, "a", noon + 2h), 2);
}

TEST(Plan, ASmallBurstIsNotHeldUpByALargeOne) {
  Plan plan;
  for (Key key = 1; key <= 1000; ++key) plan.add(job(key, 1));
  for (Key key = 2001; key <= 2005; ++key) plan.add(job(key, 2));
  int taken = 0;
  std::set<Key> small;
  while (small.size() < 5) {
    const auto key = take(plan);
    ASSERT_TRUE(key);
    ++taken;
    if (*key > 2000) small.insert(*key);
  }
  EXPECT_LE(taken, 11);
}

TEST(Plan, ASimThatWasRefusedIsTriedWithWhatNeverWas) {
  Plan plan;
  Job urgent = job(1, 0, Priority::urgent), pinned = job(2), old = job(3);
  pinned.sim = "a";
  for (Job* tried : {&urgent, &pinned, &old}) {
    tried->refused = true;
    plan.add(*tried);
  }
  plan.add(job(4));
  const Plan::Asker probing{"a", noon, nullptr, 0, true};
  const auto first = plan.take(probing).job;
  ASSERT_TRUE(first);
  EXPECT_EQ(first->message, 4);
  EXPECT_FALSE(first->refused);
  const auto second = plan.take(probing).job;
  ASSERT_TRUE(second) << "where there is nothing else, what was refused must do";
  EXPECT_EQ(second->message, 2);
  EXPECT_TRUE(second->refused);
}

TEST(Plan, NothingLeavesBeforeItsTimeOrAfterItsEnd) {
  Plan plan;
  Job later = job(1);
  later.ready_at = noon + 1h;
  Job short_lived = job(2);
  short_lived.expires_at = noon + 1min;
  plan.add(later);
  plan.add(short_lived);
  EXPECT_EQ(plan.next_ready(), noon);
  EXPECT_EQ(plan.next_expiry(), noon + 1min);
  EXPECT_FALSE(take(plan, "a", noon + 1min));
  EXPECT_EQ(plan.next_ready(), noon + 1h) << "what has expired never becomes ready";
  EXPECT_TRUE(plan.expired(noon + 59s).empty());
  EXPECT_EQ(plan.expired(noon + 1min), std::vector<Key>{2});
  EXPECT_EQ(plan.expired(noon + 1min), std::vector<Key>{2}) << "it stays until it is removed";
  plan.remove(2);
  EXPECT_TRUE(plan.expired(noon + 1min).empty());
  EXPECT_FALSE(take(plan, "a", noon + 59min));
  EXPECT_EQ(take(plan, "a", noon + 1h), 1);
}

TEST(Plan, WhatIsHalfSentStaysOnItsSim) {
  Plan plan;
  Job half = job(5);
  half.sim = "b";
  plan.add(half);
  plan.add(job(1));
  EXPECT_EQ(take(plan, "a"), 1);
  EXPECT_FALSE(take(plan, "a"));
  plan.add(job(2));
  EXPECT_EQ(take(plan, "b"), 5);
}

TEST(Plan, ASimThatRefusedIsAvoidedWhileAnotherIsReady) {
  Plan plan;
  Job refused = job(1);
  refused.avoid = "a";
  plan.add(refused);
  plan.sim_ready("a");
  plan.sim_ready("b");
  EXPECT_FALSE(take(plan, "a"));
  plan.sim_gone("b");
  EXPECT_EQ(take(plan, "a"), 1);
}

TEST(Plan, WhatItsHoursKeepBackStaysAndUrgentMessagesGo) {
  Plan plan;
  Job kept = job(1), direct = job(2), urgent = job(3, 0, Priority::urgent);
  kept.category = urgent.category = "reminder";
  direct.category = "direct";
  for (const Job& one : {kept, direct, urgent}) plan.add(one);
  plan.close({"reminder"});
  EXPECT_EQ(take(plan), 3);
  EXPECT_EQ(take(plan), 2);
  EXPECT_FALSE(take(plan));
  plan.close({});
  EXPECT_EQ(take(plan), 1);
}

TEST(Plan, TheSimThatARecipientKnowsIsWaitedForAWhileIfItIsThere) {
  Plan plan;
  Job known = job(1);
  known.preferred = "b";
  known.prefer_until = noon + 2min;
  plan.add(known);
  EXPECT_EQ(take(plan, "a"), 1) << "b is not there";
  plan.sim_ready("b");
  plan.add(known);
  EXPECT_FALSE(take(plan, "a"));
  EXPECT_EQ(take(plan, "b"), 1);
  plan.add(known);
  EXPECT_FALSE(take(plan, "a", noon + 1min));
  EXPECT_EQ(take(plan, "a", noon + 2min), 1) << "not for long";
}

TEST(Plan, ARouteIsTakenOnlyByASimThatItLeadsOver) {
  Plan plan;
  Job routed = job(1);
  routed.route = 2;
  plan.add(routed);
  plan.add(job(2));
  EXPECT_EQ(plan.take({"a", noon, nullptr, 0b010}).job->message, 2);
  EXPECT_FALSE(plan.take({"a", noon, nullptr, 0b010}).job);
  EXPECT_EQ(plan.take({"b", noon, nullptr, 0b100}).job->message, 1);
}

TEST(Plan, TheMinuteIsWaitedForAndTheDayLetsOthersPass) {
  const Midnights midnights{noon + 12h, noon + 24h * 20};
  Limits limits{1, 0, 2, 0, 0, base::Milliseconds{0}};
  Pace pace(limits, {}, midnights);
  Plan plan;
  Job lengthy = job(1);
  lengthy.segments = 2;
  plan.add(lengthy);
  plan.add(job(2));
  pace.charge(noon - 30s, 7);
  auto offer = plan.take({"a", noon, &pace, 0});
  EXPECT_FALSE(offer.job);
  EXPECT_EQ(offer.by, Limit::minute) << "the short one has to wait for the minute";
  EXPECT_EQ(offer.wait_until, noon + 30s);
  offer = plan.take({"a", noon + 30s, &pace, 0});
  ASSERT_TRUE(offer.job);
  EXPECT_EQ(offer.job->message, 2) << "the long one has to wait for another day";
}

TEST(Plan, WhatTheOthersDoNotTakeEitherGoesOverTheSimThatRefusedIt) {
  Plan plan;
  plan.sim_ready("a");
  plan.sim_ready("b");
  Job refused = job(1);
  refused.avoid = "a";
  refused.route = 3;  // b is not on it
  plan.add(refused);
  EXPECT_FALSE(plan.take({"a", noon, nullptr, 1U << 3U}).job);
  EXPECT_FALSE(plan.take({"b", noon + 1min, nullptr, 0}).job);
  EXPECT_TRUE(plan.take({"a", noon + 2min, nullptr, 1U << 3U}).job);
}

TEST(Plan, SaysWhichLimitKeepsWhatItSkips) {
  Plan plan;
  plan.add(job(1));
  plan.add(job(2));
  Limits limits{0, 0, 0, 0, 1, 0ms};
  const Pace pace(limits, Spent{{}, 1, 1, {77}}, {noon + 12h, noon + 24h * 10});
  for (int again = 0; again < 2; ++again) {
    const auto offer = plan.take({"a", noon, &pace, 0});
    EXPECT_FALSE(offer.job);
    EXPECT_EQ(offer.by, Limit::recipients) << again;
  }
}

TEST(Plan, AClockThatIsSetBackKeepsNobodyWaiting) {
  Plan plan;
  plan.sim_ready("a");
  plan.sim_ready("b");
  Job preferring = job(1);
  preferring.preferred = "b";
  preferring.prefer_until = noon + 2h + 1min;  // said two hours ahead
  plan.add(preferring);
  EXPECT_EQ(take(plan, "a", noon), 1);
}

TEST(Plan, OnlyWhatIsUrgentAndMayGoOverThisSimOvertakesWhatWasTaken) {
  Plan plan;
  const Plan::Asker asker{"a", noon, nullptr, 1U << 1};
  for (Key key = 1; key <= 3; ++key) plan.add(job(key));
  const Job taken = *plan.take(asker).job;
  EXPECT_FALSE(plan.overtakes(asker, taken)) << "nothing urgent waits";
  Job urgent = job(9, 0, Priority::urgent);
  urgent.route = 2;
  plan.add(urgent);
  EXPECT_FALSE(plan.overtakes(asker, taken)) << "its route leads elsewhere";
  urgent.route = 1;
  urgent.ready_at = noon + 1min;
  plan.add(urgent);
  EXPECT_FALSE(plan.overtakes(asker, taken)) << "its time has not come";
  urgent.ready_at = noon;
  plan.add(urgent);
  EXPECT_TRUE(plan.overtakes(asker, taken));
  EXPECT_TRUE(plan.overtakes(asker, taken)) << "to ask changes nothing";
  Job half_sent = taken;
  half_sent.sim = "a";
  EXPECT_FALSE(plan.overtakes(asker, half_sent));
  EXPECT_EQ(plan.take(asker).job->message, 9);
  EXPECT_FALSE(plan.overtakes(asker, taken));
}

TEST(Plan, WhatHasToWaitForTheMinuteIsWaitedForIfItIsUrgent) {
  Plan plan;
  plan.add(job(1));
  Pace pace({1, 0, 0, 0, 0, 0ms}, {{noon - 10s}, 1, 1, {}}, {noon + 12h, noon + 240h});
  const Plan::Asker asker{"a", noon, &pace, 0};
  plan.add(job(9, 0, Priority::urgent));
  EXPECT_TRUE(plan.overtakes(asker, job(1)));
  EXPECT_EQ(plan.take(asker).wait_until, noon + 50s);
}

TEST(Plan, RemovedMessagesNeverLeave) {
  Plan plan;
  plan.add(job(1, 7));
  plan.add(job(2, 7));
  plan.remove(1);
  plan.remove(99);
  EXPECT_EQ(take(plan), 2);
  EXPECT_FALSE(take(plan));
  EXPECT_FALSE(plan.next_ready());
  EXPECT_FALSE(plan.next_expiry());
}

TEST(Plan, AddingAgainReplaces) {
  Plan plan;
  plan.add(job(1));
  Job again = job(1);
  again.ready_at = noon + 1h;
  plan.add(again);
  EXPECT_EQ(plan.size(), 1U);
  EXPECT_FALSE(take(plan));
}

TEST(Plan, EveryReadyMessageLeavesExactlyOnceWhateverTheOrderOfCalls) {
  std::mt19937 random(42);
  Plan plan;
  std::map<Key, Job> inside;
  std::set<Key> left;
  base::Time now = noon;
  for (int step = 0; step < 20'000; ++step) {
    const auto dice = random() % 10;
    now += base::Milliseconds{random() % 500};
    if (dice < 4) {
      Job made = job(step + 1, random() % 5, random() % 4 == 0 ? Priority::urgent : Priority::normal);
      made.ready_at = now + std::chrono::seconds{random() % 20};
      if (random() % 6 == 0) made.sim = random() % 2 == 0 ? "a" : "b";
      inside[made.message] = made;
      plan.add(made);
    } else if (dice == 4 && !inside.empty()) {
      plan.remove(inside.begin()->first);
      inside.erase(inside.begin());
    } else if (const auto taken = plan.take(random() % 2 == 0 ? "a" : "b", now)) {
      ASSERT_TRUE(inside.contains(taken->message));
      EXPECT_LE(taken->ready_at, now);
      EXPECT_TRUE(left.insert(taken->message).second);
      inside.erase(taken->message);
    }
    ASSERT_EQ(plan.size(), inside.size());
  }
  now += 1h;
  while (plan.take("a", now) || plan.take("b", now)) {
  }
  EXPECT_EQ(plan.size(), 0U);
}

}  // namespace
}  // namespace burstd::message
