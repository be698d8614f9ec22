// When a burst will have left and whether it fits, as it is shown: by hours, send_after, routes and what waits.
#include "clinic/burst_view.hpp"

#include "clinic/office.hpp"
#include "clinic/rules.hpp"

namespace burstd::clinic {
namespace {

using namespace std::chrono_literals;

class BurstViewTest : public Office {
 protected:
  BurstViewTest() {
    sending.timezone = "UTC";
    sending.limits = {60, 0, 0, 0, 0, 0ms};
  }

  store::Batch preview(int rows, std::optional<base::Time> send_after = {}, const std::string& ref = "burst") {
    BurstDraft draft;
    draft.client_ref = ref;
    draft.text = "Hello";
    draft.category = "reminder";
    draft.send_after = send_after;
    draft.expires_at = async::now().wall + lifetime;
    for (int row = 0; row < rows; ++row) {
      draft.recipients.emplace_back();
      draft.recipients.back().to = "079123" + std::to_string(next_number++);
    }
    return wait_for(bursts.preview("practice", draft)).value().batch;
  }

  // One SIM, by which everything goes, and one that is left to other numbers.
  Outlook outlook() {
    gateway::Rooms rooms(sending, async::now().wall);
    gateway::Allowance one{sending.limits, 0, 0, {}, std::nullopt, 1U << 1};
    gateway::Allowance other{{0, 0, 1000, 0, 0, 0ms}, 0, 0, {}, std::nullopt, 0};
    rooms.add(one);
    if (!sending.routes.empty()) rooms.add(other);
    return Outlook{async::now().wall, 0, rooms, {}, 0};
  }

  Burst seen(const store::Batch& batch) {
    const Outlook at = outlook();
    auto unit = [&](const store::Connection& connection) {
      Queue queue(connection, at.rooms);
      return view(queue, *store::find_batch(connection, batch.id), at, rules_of(options));
    };
    return wait_for(reader.run(unit));
  }

  gateway::Options sending;
  base::Milliseconds lifetime = 240h;
  int next_number = 1000;  // what was sent to somebody a moment ago is not selected again
  Templates templates{options};
  Bursts bursts{options, templates, gateway};
};

constexpr base::Milliseconds air = 6s;  // on the air

TEST_F(BurstViewTest, TheEndIsNotBeforeItMayBegin) {
  const base::Time later = async::now().wall + 5h;
  const auto burst = seen(preview(10, later));
  ASSERT_TRUE(burst.eta);
  EXPECT_EQ(*burst.eta, later + 10 * air);
}

TEST_F(BurstViewTest, WhatIsSentKeepsItsEndAndMovesTheOthers) {
  const base::Time now = async::now().wall;
  const auto first = preview(20, {}, "first");
  EXPECT_LE(std::chrono::abs(*seen(first).eta - now - 120s), 10s);
  wait_for(bursts.send("practice", first.id, {})).value();
  EXPECT_LE(std::chrono::abs(*seen(first).eta - now - 120s), 10s) << "the same when it waits";
  EXPECT_LE(std::chrono::abs(*seen(preview(10, {}, "second")).eta - now - 180s), 10s) << "after what waits";
  const base::Time tomorrow = now + 24h;
  EXPECT_EQ(seen(preview(10, tomorrow, "third")).eta, tomorrow + 10 * air) << "what waits will be gone then";
}

TEST_F(BurstViewTest, WhatMayGoOnlyLaterMovesNothingThatGoesNow) {
  const base::Time now = async::now().wall;
  wait_for(bursts.send("practice", preview(20, now + 24h, "later").id, {})).value();
  EXPECT_LE(std::chrono::abs(*seen(preview(10)).eta - now - 60s), 10s);
}

TEST_F(BurstViewTest, TheEndIsWithinTheHoursOfItsCategory) {
  const calendar::Zone zone("UTC");
  const base::Time now = async::now().wall, tomorrow = zone.next_day(now);
  const int day = zone.local(tomorrow).weekday;
  sending.windows["reminder"] = {{day, day, 9 * 60, 10 * 60}};
  EXPECT_EQ(seen(preview(10)).eta, tomorrow + 9h + 10 * air);
}

TEST_F(BurstViewTest, ABurstThatWaitsIsNotRedBecauseOfItsOwnQueue) {
  sending.limits.per_month = 10;
  const auto batch = preview(6, {}, "first");
  const auto before = seen(batch).quota.available;
  ASSERT_TRUE(before);
  const auto sent = wait_for(bursts.send("practice", batch.id, {})).value();
  EXPECT_EQ(seen(batch).quota.available, before) << "its own queue is not taken off";
  EXPECT_EQ(seen(batch).quota.needed, 6);
  EXPECT_EQ(seen(preview(1, {}, "other")).quota.available, *before - 6) << "for another burst it is";
  leaves(*sent.accepted.at(0).id);
  leaves(*sent.accepted.at(1).id);
  EXPECT_EQ(seen(batch).quota.needed, 4) << "only what still waits";
  wait_for(bursts.cancel(batch.id, {})).value();
  EXPECT_EQ(seen(batch).quota.needed, 0);
}

TEST_F(BurstViewTest, NewRecipientsOfItsOwnAreNotTakenOffEither) {
  sending.limits.recipients_per_month = 7;
  const auto batch = preview(5, {}, "first");
  const auto before = seen(batch).quota.available;
  wait_for(bursts.send("practice", batch.id, {})).value();
  EXPECT_EQ(seen(batch).quota.available, before);
  EXPECT_EQ(seen(batch).quota.limited_by, "recipients");
  EXPECT_EQ(burst::light(seen(batch).quota), burst::Light::green);
}

TEST_F(BurstViewTest, WhatExpiresBeforeItsHoursBeginHasNoEnd) {
  const calendar::Zone zone("UTC");
  const base::Time now = async::now().wall;
  base::Time opening = now;
  for (int days = 0; days < 5; ++days) opening = zone.next_day(opening);
  const int day = zone.local(opening).weekday;
  sending.windows["reminder"] = {{day, day, 9 * 60, 10 * 60}};
  const auto batch = preview(2);
  EXPECT_EQ(seen(batch).opens_at, opening + 9h);
  EXPECT_EQ(seen(batch).eta, opening + 9h + 2 * air);
  lifetime = 24h;
  const auto brief = preview(2, {}, "brief");
  EXPECT_EQ(seen(brief).eta, std::nullopt);
  EXPECT_EQ(seen(brief).opens_at, opening + 9h);
  wait_for(bursts.send("practice", brief.id, {})).value();
  EXPECT_EQ(seen(brief).eta, std::nullopt) << "nor when it waits";
  const burst::Timing timing = [&] {
    static const Outlook at = outlook();
    return timing_of(brief, at, 2);
  }();
  ASSERT_TRUE(timing.opening);
  EXPECT_EQ(timing.opening(now), opening + 9h) << "by which its rows are judged";
}

TEST_F(BurstViewTest, TheLightIsThatOfTheSimsThatMaySendIt) {
  sending.limits.per_day = 5;
  sending.routes = {{"+4179", {"modem1"}}};
  const auto burst = seen(preview(6));
  EXPECT_EQ(burst.quota.needed, 6);
  ASSERT_TRUE(burst.quota.available);
  EXPECT_LE(*burst.quota.available, 5 * 12) << "of ten days, and not the thousand of the other SIM";
  EXPECT_EQ(burst.quota.limited_by, "day");
}

}  // namespace
}  // namespace burstd::clinic
