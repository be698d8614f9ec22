#include "clinic/events.hpp"

#include "clinic/inbox.hpp"
#include "clinic/office.hpp"

namespace burstd::clinic {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class EventsTest : public Office {
 protected:
  std::string submit(const std::string& ref) {
    Draft draft;
    draft.client_ref = ref;
    draft.to = "0791234567";
    draft.text = "text " + ref;
    return wait_for(messages.submit("practice", draft)).value().item.message.id;
  }

  // Three of four rows leave a message, one of them a failed one.
  std::string send_burst(const std::string& ref) {
    BurstDraft draft;
    draft.client_ref = ref;
    draft.text = "Hello";
    draft.recipients.resize(4);
    for (std::size_t at = 0; at < 4; ++at) draft.recipients[at].to = "079123456" + std::to_string(at);
    draft.recipients[1].to = "12";
    draft.recipients[3].exclude = "phoned";
    const auto preview = wait_for(bursts.preview("practice", draft)).value();
    wait_for(bursts.send("practice", preview.batch.id, {})).value();
    return preview.batch.id;
  }

  void append(const std::string& kind, const std::string& event, const std::string& detail) {
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      store::Change change;
      change.at = async::now().wall;
      change.kind = kind;
      change.event = event;
      change.detail = detail;
      store::append_history(transaction, change);
      return true;
    };
    wait_for(writer.run(unit)).value();
  }

  store::Reply receive(const std::string& text) {
    auto unit = [&](store::Transaction& transaction) -> base::Result<store::Reply> {
      store::Inbound inbound;
      inbound.modem = "left";
      inbound.sim = "sim";
      inbound.pdu = "00";
      inbound.received_at = async::now().wall;
      inbound.sender = "+41791234567";
      inbound = store::insert_inbound(transaction, inbound);
      store::Reply reply;
      reply.sender = inbound.sender;
      reply.text = text;
      reply.modem = "left";
      reply.sim = "sim";
      reply.received_at = inbound.received_at;
      return store::save_reply(transaction, reply, inbound.bundle, inbound.received_at);
    };
    return wait_for(writer.run(unit)).value();
  }

  EventPage page(std::int64_t after, std::size_t limit = 100) { return wait_for(events.after(after, limit)).value(); }

  // "3 item queued", "5 batch queued", …
  static std::vector<std::string> words(const EventPage& told) {
    std::vector<std::string> all;
    for (const Event& event : told.events) {
      std::string what = event.change.event;
      if (event.item) what = message::to_string(event.item->progress.state);
      if (event.burst) what = event.burst->state;
      if (event.reply) what = event.reply->text + (event.reply->acknowledged_at ? " seen" : "");
      all.push_back(std::to_string(event.change.seq) + " " + event.change.kind + " " + what);
    }
    return all;
  }

  Messages messages{options, gateway};
  Templates templates{options};
  Bursts bursts{options, templates, gateway};
  Events events{bursts, gateway};
};

TEST_F(EventsTest, ChangesOfOneItemAreToldOnceUnderTheNewestNumberAsItNowIs) {
  const std::string first = submit("a");
  submit("b");
  EXPECT_THAT(words(page(0)), ElementsAre("1 item queued", "2 item queued"));
  wait_for(messages.cancel(first, {})).value();
  const auto all = page(0);
  EXPECT_THAT(words(all), ElementsAre("2 item queued", "3 item cancelled"));
  EXPECT_EQ(all.upto, 3);
  EXPECT_EQ(all.events.back().item->message.id, first);
  EXPECT_THAT(words(page(2)), ElementsAre("3 item cancelled"));
  EXPECT_THAT(words(page(3)), IsEmpty());
}

// A burst is told of at each of its own changes, where they come on different pages.
TEST_F(EventsTest, SmallPagesTellTheSameAsALargeOneAndNothingTwice) {
  const std::string first = submit("a");
  send_burst("burst");
  submit("b");
  wait_for(messages.cancel(first, {})).value();
  append("modem", "state", "front, It is ready.");
  const auto without_bursts = [](std::vector<std::string> told) {
    std::erase_if(told, [](const std::string& word) { return word.find(" batch ") != std::string::npos; });
    return told;
  };
  const auto whole = without_bursts(words(page(0)));
  for (const std::size_t limit : {1U, 2U, 3U}) {
    std::vector<std::string> joined;
    std::int64_t position = 0;
    while (position < wait_for(Items(options, gateway).list({})).value().last_seq) {
      const auto next = page(position, limit);
      for (const std::string& word : without_bursts(words(next))) joined.push_back(word);
      ASSERT_GT(next.upto, position);
      position = next.upto;
    }
    EXPECT_EQ(joined, whole) << limit;
  }
}

TEST_F(EventsTest, SendingABurstIsOneEventAndWhatBecomesOfItsMessagesIsTold) {
  const std::string id = send_burst("burst");
  const auto sent = page(0);
  ASSERT_EQ(sent.events.size(), 1U) << testing::PrintToString(words(sent));
  EXPECT_EQ(sent.events.front().burst->batch.id, id);
  EXPECT_EQ(sent.events.front().burst->total, 3);
  wait_for(bursts.cancel(id, {})).value();
  const auto cancelled = page(sent.upto);
  ASSERT_EQ(cancelled.events.size(), 3U) << testing::PrintToString(words(cancelled));
  EXPECT_EQ(cancelled.events.at(0).item->batch, id);
  EXPECT_EQ(cancelled.events.at(2).burst->state, "cancelled");
}

TEST_F(EventsTest, RepliesComeWithTheirTextAndLaterWithWhoHasSeenThem) {
  const auto reply = receive("Yes");
  EXPECT_THAT(words(page(0)), ElementsAre("1 reply Yes"));
  Inbox inbox(gateway);
  wait_for(inbox.acknowledge(reply.id, Hand{"reception", "anna"})).value();
  EXPECT_THAT(words(page(0)), ElementsAre("2 reply Yes seen"));
  EXPECT_THAT(words(page(1)), ElementsAre("2 reply Yes seen"));
}

TEST_F(EventsTest, WhatTheGatewaySaysOfItselfIsToldRowByRowAndUnknownKindsAreNot) {
  append("modem", "state", "front, It is ready.");
  append("modem", "paused", "front, by anna of it");
  append("gateway", "started", "");
  append("quota", "limit-reached", "front");
  append("something", "new", "");
  const auto all = page(0);
  EXPECT_THAT(words(all), ElementsAre("1 modem state", "2 modem paused", "3 gateway started", "4 quota limit-reached"));
  EXPECT_EQ(all.upto, 5);
}

TEST_F(EventsTest, APositionBeyondTheLastChangeIsOfAnotherRecord) {
  submit("a");
  EXPECT_EQ(wait_for(events.after(2, 10)).error().code, "resync");
  EXPECT_TRUE(wait_for(events.after(1, 10)));
}

}  // namespace
}  // namespace burstd::clinic
