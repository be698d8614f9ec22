#include "clinic/messages.hpp"

#include "clinic/office.hpp"

namespace burstd::clinic {
namespace {

using namespace std::chrono_literals;
using message::State;
using message::Status;

class MessagesTest : public Office {
 protected:
  static Draft draft(std::string ref) {
    Draft draft;
    draft.client_ref = std::move(ref);
    draft.to = "079 123 45 67";
    draft.text = "See you tomorrow at ten";
    return draft;
  }

  base::Result<Accepted> submit(Draft draft, std::string client = "practice") {
    return wait_for(messages.submit(std::move(client), std::move(draft)));
  }

  Messages messages{options, gateway};
};

TEST_F(MessagesTest, AnAcceptedMessageIsOnRecordAndInThePlan) {
  auto given = draft("a");
  given.patient = "P-7";
  given.priority = message::Priority::urgent;
  const auto accepted = submit(given).value();
  EXPECT_FALSE(accepted.replayed);
  EXPECT_EQ(accepted.item.message.number, "+41791234567");
  EXPECT_EQ(accepted.item.message.number_as_typed, "079 123 45 67");
  EXPECT_EQ(accepted.item.message.category, "direct");
  EXPECT_EQ(accepted.item.message.timezone, options.timezone);
  EXPECT_EQ(accepted.item.message.expires_at - accepted.item.message.created_at, 24h);
  EXPECT_EQ(accepted.item.progress.state, State::queued);
  ASSERT_TRUE(accepted.item.hold);
  EXPECT_EQ(accepted.item.hold->by, "no-modem");
  EXPECT_EQ(gateway.activity().waiting, 1U);
  const auto known = items();
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known.at(0).message.id, accepted.item.message.id);
  EXPECT_EQ(known.at(0).message.patient, "P-7");
}

TEST_F(MessagesTest, ARepeatIsTheSameMessageAndSentOnce) {
  const auto first = submit(draft("a")).value();
  const auto again = submit(draft("a")).value();
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.item.message.id, first.item.message.id);
  EXPECT_EQ(items().size(), 1U);
  EXPECT_EQ(gateway.activity().waiting, 1U);
}

TEST_F(MessagesTest, ARefBelongsToItsContentAndItsClient) {
  submit(draft("a")).value();
  auto other = draft("a");
  other.text += "!";
  EXPECT_EQ(submit(other).error().code, "client-ref-reused");
  auto later = draft("a");
  later.send_after = base::from_millis(4'000'000'000'000);
  EXPECT_EQ(submit(later).error().code, "client-ref-reused");
  EXPECT_TRUE(submit(other, "laboratory"));
  EXPECT_EQ(items().size(), 2U);
}

TEST_F(MessagesTest, ANumberThatIsNoneLeavesAFailedItem) {
  auto given = draft("a");
  given.to = "12";
  const auto item = submit(given).value().item;
  EXPECT_EQ(item.progress.state, State::failed);
  EXPECT_EQ(item.progress.status, Status::failed);
  EXPECT_EQ(item.progress.error, "Phone number is not valid");
  EXPECT_EQ(item.progress.error_code, "number-invalid");
  EXPECT_EQ(item.message.number, "");
  EXPECT_EQ(item.message.number_as_typed, "12");
  EXPECT_EQ(gateway.activity().waiting, 0U);
  EXPECT_TRUE(submit(given).value().replayed);
}

TEST_F(MessagesTest, EachReasonHasItsStateAndSentence) {
  auto missing = draft("missing");
  missing.to = " ";
  EXPECT_EQ(submit(missing).value().item.progress.error, "Phone number is missing");
  auto too_long = draft("long");
  too_long.text = std::string(2000, 'x');
  const auto item = submit(too_long).value().item;
  EXPECT_EQ(item.progress.state, State::failed);
  EXPECT_EQ(item.progress.error_code, "too-long");
  EXPECT_EQ(item.message.segments, 14);
  Items reading(options, gateway);
  EXPECT_EQ(wait_for(reading.detail(item.message.id)).value().parts.size(), 1U) << "none of them will ever be sent";
  auto late = draft("late");
  late.expires_at = async::now().wall - 1s;
  const auto expired = submit(late).value().item;
  EXPECT_EQ(expired.progress.state, State::expired);
  EXPECT_EQ(expired.progress.error, "Expired before sending");
  EXPECT_EQ(gateway.activity().waiting, 0U);
}

TEST_F(MessagesTest, TheAppointmentSetsTheExpiry) {
  auto given = draft("a");
  given.appointment_at = async::now().wall + 5h;
  EXPECT_EQ(submit(given).value().item.message.expires_at, *given.appointment_at - 60min);
  auto passed = draft("b");
  passed.appointment_at = async::now().wall + 30min;
  EXPECT_EQ(submit(passed).value().item.progress.state, State::expired);
}

TEST_F(MessagesTest, AFullQueueRefusesNewOnesButAnswersRepeats) {
  options.queue_cap = 1;
  submit(draft("a")).value();
  const auto refused = submit(draft("b"));
  EXPECT_EQ(refused.error().code, "queue-full");
  EXPECT_EQ(refused.error().fault, base::Fault::unavailable);
  EXPECT_TRUE(submit(draft("a")).value().replayed);
  EXPECT_EQ(items().size(), 1U);
}

TEST_F(MessagesTest, ACancelledMessageLeavesThePlanAndCanBeCancelledAgain) {
  const std::string id = submit(draft("a")).value().item.message.id;
  Withdrawal withdrawal;
  withdrawal.client = "practice";
  withdrawal.user = "reception";
  withdrawal.reason = "patient phoned";
  const auto item = wait_for(messages.cancel(id, withdrawal)).value();
  EXPECT_EQ(item.progress.state, State::cancelled);
  EXPECT_EQ(item.progress.error_code, "cancelled");
  EXPECT_EQ(item.progress.error, "Cancelled before sending");
  EXPECT_FALSE(item.hold);
  EXPECT_EQ(gateway.activity().waiting, 0U);
  EXPECT_EQ(wait_for(messages.cancel(id, {})).value().progress.change_seq, item.progress.change_seq);
  Items reading(options, gateway);
  const auto history = wait_for(reading.detail(id)).value().history;
  EXPECT_EQ(history.front().detail, "by practice");
  EXPECT_EQ(history.back().detail, "by reception of practice: patient phoned");
}

TEST_F(MessagesTest, WhatMayHaveLeftCannotBeCancelled) {
  const auto item = submit(draft("a")).value().item;
  auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
    gateway::Step step;
    step.message = item.message.key;
    step.event = message::Event::dispatched;
    step.at = async::now().wall;
    step.sim = "8941";
    return gateway.ledger().apply(transaction, step).changed;
  };
  ASSERT_TRUE(wait_for(writer.run(unit)).value());
  EXPECT_EQ(wait_for(messages.cancel(item.message.id, {})).error().code, "already-submitted");
}

TEST_F(MessagesTest, WhatHasEndedAndWhatIsUnknownCannotBeCancelled) {
  auto given = draft("a");
  given.to = "12";
  const std::string id = submit(given).value().item.message.id;
  EXPECT_EQ(wait_for(messages.cancel(id, {})).error().code, "already-ended");
  EXPECT_EQ(wait_for(messages.cancel("nothing", {})).error().code, "message-unknown");
}

TEST_F(MessagesTest, AMessageForLaterIsHeldUntilThen) {
  auto given = draft("a");
  given.send_after = async::now().wall + 2h;
  const auto item = submit(given).value().item;
  EXPECT_EQ(state_word(item), "held");
  ASSERT_TRUE(item.hold);
  EXPECT_EQ(item.hold->by, "send-after");
  EXPECT_EQ(item.hold->until, item.message.send_after);
  EXPECT_EQ(item.message.expires_at, *given.send_after + 24h);
}

}  // namespace
}  // namespace burstd::clinic
