#include "store/opt_outs.hpp"

#include <gmock/gmock.h>

#include "store/desk.hpp"
#include "store/inbox.hpp"

namespace burstd::store::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string caller = "+41791234567";

class OptOutsTest : public Desk {
 protected:
  Reply arrives(const std::string& text, std::int64_t seconds) {
    Inbound inbound;
    inbound.modem = "left";
    inbound.sim = "8944-1";
    inbound.pdu = "00" + std::to_string(seconds);
    inbound.received_at = at(seconds);
    inbound.sender = caller;
    inbound = insert_inbound(transaction, inbound);
    Reply reply;
    reply.sender = caller;
    reply.text = text;
    reply.modem = "left";
    reply.sim = "8944-1";
    reply.received_at = at(seconds);
    return save_reply(transaction, reply, inbound.bundle, at(seconds));
  }

  OptOut by_reply(std::string_view event, std::int64_t seconds, const std::vector<OptOut>& ended = {}) {
    OptOut row;
    row.number = caller;
    row.at = at(seconds);
    row.event = event;
    row.reply = arrives(std::string(event), seconds).key;
    return add_opt_out(transaction, row, ended);
  }

  OptOut by_person(std::string_view event, std::int64_t seconds, const std::vector<OptOut>& ended = {}) {
    OptOut row;
    row.number = caller;
    row.at = at(seconds);
    row.event = event;
    row.client = "reception";
    row.user = "anna";
    row.reason = "by phone";
    row.uid = 1000;
    return add_opt_out(transaction, row, ended);
  }

  std::vector<std::string> events(const std::vector<OptOut>& rows) {
    std::vector<std::string> all;
    for (const OptOut& row : rows) all.push_back(row.event + (row.blocked ? "" : ", open"));
    return all;
  }
};

TEST_F(OptOutsTest, ARowSaysWhoAndWhyAndStands) {
  const auto own = by_reply(opt_out_stop, 1);
  EXPECT_TRUE(is_opted_out(transaction, caller));
  EXPECT_FALSE(is_opted_out(transaction, "+41791234568"));
  EXPECT_TRUE(by_patient(own));
  EXPECT_THAT(own.reply_id.value(), testing::HasSubstr("-R1"));
  const auto other = by_person(opt_out_added, 2);
  EXPECT_FALSE(by_patient(other));
  EXPECT_EQ(other.user, "anna");
  EXPECT_EQ(other.reason, "by phone");
  EXPECT_EQ(other.uid, 1000);
  EXPECT_GT(other.change_seq, own.change_seq);
  EXPECT_EQ(history_after(transaction, own.change_seq, 1).at(0).kind, "opt-out");
}

TEST_F(OptOutsTest, TheTwoMarksStandSideBySideAndAreLiftedByRows) {
  by_person(opt_out_added, 1);
  const auto own = by_reply(opt_out_stop, 2);
  EXPECT_THAT(events(standing_opt_outs(transaction, caller)), ElementsAre("stop", "added"));
  by_reply(opt_out_start, 3, {own});
  EXPECT_TRUE(is_opted_out(transaction, caller));
  EXPECT_THAT(events(standing_opt_outs(transaction, caller)), ElementsAre("added"));
  by_person(opt_out_lifted, 4, standing_opt_outs(transaction, caller));
  EXPECT_FALSE(is_opted_out(transaction, caller));
  EXPECT_THAT(events(opt_outs_of(transaction, caller)), ElementsAre("added", "stop", "start", "lifted, open"));
  by_reply(opt_out_stop, 5);
  EXPECT_THAT(events(standing_opt_outs(transaction, caller)), ElementsAre("stop"));
}

TEST_F(OptOutsTest, TheListIsOfWhatStandsNewestFirst) {
  const auto first = by_person(opt_out_added, 1);
  const auto second = by_reply(opt_out_stop, 2);
  EXPECT_THAT(events(list_opt_outs(transaction, std::nullopt, 10)), ElementsAre("stop", "added"));
  EXPECT_THAT(events(list_opt_outs(transaction, second.key, 10)), ElementsAre("added"));
  EXPECT_EQ(list_opt_outs(transaction, std::nullopt, 1).size(), 1U);
  by_person(opt_out_lifted, 3, {first, second});
  EXPECT_THAT(list_opt_outs(transaction, std::nullopt, 10), IsEmpty());
}

TEST_F(OptOutsTest, NothingIsRewrittenDeletedOrLiftedTwice) {
  const auto own = by_reply(opt_out_stop, 1);
  by_reply(opt_out_start, 2, {own});
  for (const char* sql :
       {"DELETE FROM opt_out", "UPDATE opt_out SET number = '+1'", "UPDATE opt_out SET event = 'start'",
        "UPDATE opt_out SET at = 0", "UPDATE opt_out SET lifted_by = NULL WHERE lifted_by IS NOT NULL",
        "UPDATE reply SET in_window = 1"}) {
    EXPECT_THROW(transaction.run(sql), Failure) << sql;
  }
  EXPECT_FALSE(verify_history(transaction).first_bad);
}

TEST_F(OptOutsTest, AConfirmationIsKnownAndItsFirstAnswerCounts) {
  const auto own = by_reply(opt_out_stop, 10);
  const auto message = record_message(a_message(1));
  note_confirmation(transaction, own.key, message.key);
  EXPECT_TRUE(is_confirmation(transaction, message.key));
  EXPECT_FALSE(is_confirmation(transaction, message.key + 1));
  EXPECT_TRUE(confirmed_since(transaction, caller, at(9)));
  EXPECT_FALSE(confirmed_since(transaction, caller, at(10)));
  EXPECT_FALSE(answers_confirmations(transaction, caller));
  note_answer(transaction, own.key, arrives("STOP", 20).key);
  note_answer(transaction, own.key, arrives("STOP", 21).key);
  EXPECT_TRUE(answers_confirmations(transaction, caller));
}

TEST_F(OptOutsTest, AReplyKeepsWhatItWasUnderstoodAs) {
  const auto message = record_message(a_message(1));
  Reply reply;
  reply.sender = caller;
  reply.text = "[…]";
  reply.complete = false;
  reply.matches.emplace_back().key = message.key;
  reply.ambiguous = reply.in_window = true;
  reply.ordinal = 3;
  reply = save_reply(transaction, reply, 1, at(1));
  EXPECT_EQ(replies_to(transaction, message.key), 1);
  reply.text = "STOP";
  reply.complete = true;
  reply.meaning = message::ReplyClass::stop;
  save_reply(transaction, reply, 1, at(2));
  const auto kept = find_reply(transaction, reply.key).value();
  EXPECT_EQ(kept.meaning, message::ReplyClass::stop);
  EXPECT_TRUE(kept.complete);
  EXPECT_TRUE(kept.ambiguous);
  EXPECT_EQ(kept.ordinal, 3);
  ASSERT_EQ(kept.matches.size(), 1U);
  EXPECT_EQ(kept.matches[0].id, message.id);
}

TEST_F(OptOutsTest, OnlyWhatMayHaveLeftCanBeAnswered) {
  const auto sent = record_message(a_message(1));
  auto again = a_message(1);
  again.patient_name = "Ben";
  const auto doubtful = record_message(again);
  const auto queued = record_message(again);
  const auto refused = record_message(again);
  auto attempt = an_attempt(sent.key);
  attempt.result = "accepted";
  insert_attempt(transaction, attempt);
  attempt = an_attempt(doubtful.key);
  attempt.result = "unknown";
  attempt.started_at = at(150);
  insert_attempt(transaction, attempt);
  attempt = an_attempt(refused.key);
  attempt.result = "refused";
  insert_attempt(transaction, attempt);
  const auto earlier = messages_before(transaction, sent.number, at(200));
  ASSERT_EQ(earlier.size(), 2U);
  EXPECT_EQ(earlier[0].message, doubtful.key);
  EXPECT_EQ(earlier[0].patient, "Ben");
  EXPECT_EQ(earlier[0].left_at, at(150));
  EXPECT_EQ(earlier[1].message, sent.key);
  EXPECT_EQ(messages_before(transaction, sent.number, at(120)).size(), 1U) << "what left later was not answered";
  EXPECT_THAT(waiting_for(transaction, sent.number), ElementsAre(sent.key, doubtful.key, queued.key, refused.key));
}

TEST_F(OptOutsTest, AnswersToAStopAndWhatFailedForCertainAreNotAnswered) {
  const auto attempted = [&](message::Key message) {
    auto attempt = an_attempt(message);
    attempt.result = "accepted";
    insert_attempt(transaction, attempt);
  };
  for (int other = 0; other < 3; ++other) by_reply(opt_out_stop, 1);  // so that keys of the two tables differ
  const auto own = by_reply(opt_out_stop, 10);
  const auto sent = record_message(a_message(1));
  const auto confirmation = record_message(a_message(1));
  attempted(sent.key);
  attempted(confirmation.key);
  note_confirmation(transaction, own.key, confirmation.key);
  const auto earlier = messages_before(transaction, sent.number, at(200));
  ASSERT_EQ(earlier.size(), 1U);
  EXPECT_EQ(earlier[0].message, sent.key);
  transaction.run("UPDATE message SET state = 'failed', status = 'Send Failed' WHERE key = ?", sent.key);
  EXPECT_THAT(messages_before(transaction, sent.number, at(200)), IsEmpty()) << "it never arrived";
}

}  // namespace
}  // namespace burstd::store::test
