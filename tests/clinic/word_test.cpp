#include "clinic/word.hpp"

#include "clinic/office.hpp"

namespace burstd::clinic {
namespace {

using message::Event;
using message::State;
using message::Status;
using namespace std::chrono_literals;

class WordTest : public Office {
 protected:
  std::string submit(std::string text = "See you tomorrow at ten") {
    Draft draft;
    draft.client_ref = "ref-" + std::to_string(++x_count);
    draft.to = "079 123 45 67";
    draft.text = std::move(text);
    return wait_for(messages.submit("practice", draft)).value().item.message.id;
  }

  // An attempt with this part, and what came of it.
  void attempt(const std::string& id, int part, Event verdict) {
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      gateway::Step step;
      step.message = store::find_message(transaction, id)->message.key;
      step.part = part;
      step.at = async::now().wall;
      step.sim = "8941";
      gateway.ledger().apply(transaction, step);
      step.event = verdict;
      return gateway.ledger().apply(transaction, step).changed;
    };
    ASSERT_TRUE(wait_for(writer.run(unit)).value());
  }

  std::string doubtful(std::string text = "See you tomorrow at ten") {
    const std::string id = submit(std::move(text));
    attempt(id, 1, Event::lost);
    return id;
  }

  void event(const std::string& id, Event happened, int part = 1) {
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      gateway::Step step;
      step.message = store::find_message(transaction, id)->message.key;
      step.part = part;
      step.event = happened;
      step.at = async::now().wall;
      return gateway.ledger().apply(transaction, step).changed;
    };
    ASSERT_TRUE(wait_for(writer.run(unit)).value());
  }

  base::Result<Item> say(const std::string& id, bool sent, std::string user = "anna") {
    Word word;
    word.sent = sent;
    word.client = "practice";
    word.user = std::move(user);
    word.reason = "patient phoned";
    return wait_for(messages.resolve(id, std::move(word)));
  }

  Detail detail(const std::string& id) {
    Items reading(options, gateway);
    return wait_for(reading.detail(id)).value();
  }

  Messages messages{options, gateway};

 private:
  int x_count = 0;
};

TEST_F(WordTest, SaidToBeSentIsSentAndMarkedAsAPersonsWord) {
  const auto id = doubtful();
  const auto item = say(id, true).value();
  EXPECT_EQ(item.progress.state, State::unconfirmed);
  EXPECT_EQ(item.progress.status, Status::sent);
  EXPECT_EQ(item.progress.confirmation, "person");
  EXPECT_EQ(item.progress.error, "Said to have left, by anna");
  EXPECT_FALSE(item.progress.sent_at) << "nobody knows when";
  EXPECT_EQ(detail(id).history.back().detail, "by anna of practice: patient phoned");
}

TEST_F(WordTest, SaidNotToBeSentHasFailed) {
  const auto id = doubtful();
  const auto item = say(id, false).value();
  EXPECT_EQ(item.progress.state, State::failed);
  EXPECT_EQ(item.progress.status, Status::failed);
  EXPECT_EQ(item.progress.error, "Said not to have left, by anna");
  EXPECT_FALSE(item.progress.confirmation);
  EXPECT_EQ(detail(id).history.back().event, "person-not-sent");
}

TEST_F(WordTest, AReportKnowsBetter) {
  for (const bool sent : {true, false}) {
    const auto delivered = doubtful();
    say(delivered, sent).value();
    event(delivered, Event::report_delivered);
    EXPECT_EQ(detail(delivered).item.progress.state, State::delivered);
    EXPECT_EQ(detail(delivered).item.progress.confirmation, "report");
    const auto passed_on = doubtful();
    say(passed_on, sent).value();
    event(passed_on, Event::report_unconfirmed);
    EXPECT_EQ(detail(passed_on).item.progress.state, State::unconfirmed);
    EXPECT_EQ(detail(passed_on).item.progress.confirmation, "report");
    const auto failed = doubtful();
    say(failed, sent).value();
    event(failed, Event::report_failed);
    EXPECT_EQ(detail(failed).item.progress.state, State::failed);
    EXPECT_FALSE(detail(failed).item.progress.error);
  }
}

TEST_F(WordTest, TheSameWordTwiceChangesNothingAndAnotherIsRefused) {
  for (const bool sent : {true, false}) {
    const auto id = doubtful();
    const auto first = say(id, sent).value();
    EXPECT_EQ(say(id, sent, "bea").value().progress.change_seq, first.progress.change_seq);
    EXPECT_EQ(say(id, !sent).error().code, "already-resolved");
    event(id, Event::report_delivered);
    EXPECT_EQ(say(id, sent).value().progress.state, State::delivered);
    EXPECT_EQ(say(id, !sent).error().code, "already-resolved");
  }
}

TEST_F(WordTest, WhereThereIsNoDoubtNobodyIsAsked) {
  const auto id = submit();
  const auto refused = say(id, true).error();
  EXPECT_EQ(refused.code, "not-uncertain");
  EXPECT_EQ(refused.fault, base::Fault::conflict);
  EXPECT_THAT(refused.sentence, testing::EndsWith("It waits to be sent."));
  attempt(id, 1, Event::accepted);
  EXPECT_THAT(say(id, false).error().sentence, testing::EndsWith("its delivery report is awaited."));
  EXPECT_EQ(say("nothing", true).error().code, "message-unknown");
}

TEST_F(WordTest, TheRestOfALongMessageIsNeverSentAfterAPersonsWord) {
  for (const bool sent : {true, false}) {
    const auto id = doubtful(std::string(400, 'x'));
    const auto item = say(id, sent).value();
    EXPECT_EQ(item.progress.state, State::failed);
    EXPECT_EQ(item.progress.status, Status::failed);
    EXPECT_EQ(item.progress.error, sent ? "1 of 3 parts left; the patient may have seen an incomplete text"
                                        : "Said not to have left, by anna");
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      return store::queued_messages(transaction, item.message.key - 1, 1).jobs.empty() &&
             store::begun_messages(transaction, item.message.key - 1, 1).jobs.empty();
    };
    EXPECT_TRUE(wait_for(writer.run(unit)).value());
    EXPECT_EQ(say(id, sent).value().progress.change_seq, item.progress.change_seq);
  }
}

TEST_F(WordTest, TheLastPartInDoubtLeavesTheOthersAsTheyAre) {
  for (const bool sent : {true, false}) {
    const auto id = submit(std::string(200, 'x'));
    attempt(id, 1, Event::accepted);
    attempt(id, 2, Event::lost);
    const auto item = say(id, sent).value();
    EXPECT_EQ(item.progress.state, sent ? State::submitted : State::failed);
    if (!sent) {
      EXPECT_EQ(item.progress.error,
                "Part 2 of 2 not delivered; the patient may have seen an incomplete text (Said not to have left, by "
                "anna)");
    }
    event(id, Event::report_delivered);
    const auto later = detail(id).item.progress;
    EXPECT_EQ(later.state, sent ? State::unconfirmed : State::failed);
    EXPECT_EQ(later.confirmation, sent ? std::optional<std::string>("person") : std::nullopt);
  }
}

TEST_F(WordTest, WhatWaitsToBeSentOnceMoreInDoubtCannotBeWithdrawnAsIfNothingHadLeft) {
  const auto id = doubtful();
  event(id, Event::repeated);
  EXPECT_EQ(detail(id).item.progress.state, State::retrying);
  EXPECT_EQ(wait_for(messages.cancel(id, {})).error().code, "already-submitted");
  EXPECT_THAT(say(id, false).error().sentence, testing::EndsWith("It waits to be sent again."));
}

}  // namespace
}  // namespace burstd::clinic
