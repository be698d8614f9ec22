// Sending again and notes: what happened stays, the new item names the old one.
#include "clinic/messages.hpp"
#include "clinic/office.hpp"
#include "clinic/opt_outs.hpp"

namespace burstd::clinic {
namespace {

using namespace std::chrono_literals;
using message::Event;
using message::State;
using message::Status;
using testing::HasSubstr;

class ResendTest : public Office {
 protected:
  std::string submit(const std::function<void(Draft&)>& change = [](Draft&) {}) {
    Draft draft;
    draft.client_ref = "ref-" + std::to_string(++x_count);
    draft.to = "079 123 45 67";
    draft.text = "See you tomorrow at ten";
    change(draft);
    return wait_for(messages.submit("practice", draft)).value().item.message.id;
  }

  // What happens to a part, as the gateway would write it down.
  void event(const std::string& id, Event happened, int part = 1) {
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      gateway::Step step;
      step.message = store::find_message(transaction, id)->message.key;
      step.part = part;
      step.event = happened;
      step.at = async::now().wall;
      step.sim = "8941";
      return gateway.ledger().apply(transaction, step).changed;
    };
    ASSERT_TRUE(wait_for(writer.run(unit)).value());
  }

  std::string failed(const std::function<void(Draft&)>& change = [](Draft&) {}) {
    const auto id = submit(change);
    event(id, Event::dispatched);
    event(id, Event::refused_for_good);
    return id;
  }

  static Again again(std::string ref = "again") { return Again{"reception", std::move(ref), "anna"}; }

  base::Result<Accepted> resend(const std::string& id, const Again& how = again()) {
    return wait_for(messages.resend(id, how));
  }

  Detail detail(const std::string& id) {
    Items reading(options, gateway);
    return wait_for(reading.detail(id)).value();
  }

  base::Result<Item> note(const std::string& id, std::string text, std::string user = "anna") {
    return wait_for(messages.annotate(id, Remark{"reception", std::move(user), std::move(text)}));
  }

  Messages messages{options, gateway};

 private:
  int x_count = 0;
};

TEST_F(ResendTest, MakesANewItemThatIsLinkedToTheOldOne) {
  const auto id = failed([](Draft& draft) {
    draft.patient = "P-1";
    draft.patient_name = "Ann";
    draft.category = "recall";
    draft.context = "visit 7";
    draft.priority = message::Priority::urgent;
  });
  const auto before = detail(id);
  const auto made = resend(id).value();
  EXPECT_FALSE(made.replayed);
  const message::Message& now = made.item.message;
  EXPECT_NE(now.id, id);
  EXPECT_EQ(now.retry_of, id);
  EXPECT_EQ(made.item.progress.state, State::queued);
  EXPECT_EQ(now.client, "reception");
  EXPECT_EQ(now.client_ref, "again");
  EXPECT_EQ(now.user, "anna");
  EXPECT_EQ(now.patient, "P-1");
  EXPECT_EQ(now.category, "recall");
  EXPECT_EQ(now.priority, message::Priority::urgent);
  EXPECT_EQ(now.text, before.item.message.text);
  EXPECT_EQ(now.number, before.item.message.number);
  EXPECT_EQ(gateway.activity().waiting, 1U);

  const auto old = detail(id);
  EXPECT_EQ(old.item.resent_as, now.id);
  EXPECT_EQ(old.item.progress.state, State::failed);
  EXPECT_EQ(old.item.progress.status, Status::failed);
  EXPECT_GT(old.item.progress.change_seq, before.item.progress.change_seq) << "a poller sees that it was sent again";
  ASSERT_EQ(old.history.size(), before.history.size() + 1);
  EXPECT_EQ(old.history.back().event, "resent");
  EXPECT_EQ(old.history.back().detail, "as " + now.id + ", by anna of reception");
}

TEST_F(ResendTest, IsDoneOnceForEachRefAndOnceForEachMessage) {
  const auto id = failed();
  const auto first = resend(id).value();
  const auto repeated = resend(id).value();
  EXPECT_TRUE(repeated.replayed);
  EXPECT_EQ(repeated.item.message.id, first.item.message.id);
  EXPECT_EQ(items().size(), 2U);
  const auto refused = resend(id, again("other")).error();
  EXPECT_EQ(refused.code, "already-resent");
  EXPECT_EQ(refused.fault, base::Fault::conflict);
  EXPECT_THAT(refused.sentence, HasSubstr(first.item.message.id));
  EXPECT_EQ(resend(failed(), again()).error().code, "client-ref-reused");
  EXPECT_EQ(resend(failed(), Again{"practice", "ref-1", "anna"}).error().code, "client-ref-reused");
}

TEST_F(ResendTest, TheNewOneMayBeSentAgainInItsTurn) {
  const auto first = failed();
  const auto second = resend(first).value().item.message.id;
  EXPECT_EQ(resend(second, again("b")).error().code, "not-failed") << "it waits";
  event(second, Event::dispatched);
  event(second, Event::refused_for_good);
  const auto third = resend(second, again("b")).value().item;
  EXPECT_EQ(third.message.retry_of, second);
  EXPECT_EQ(detail(first).item.resent_as, second);
}

TEST_F(ResendTest, WhatHasNotFailedIsNotSentAgain) {
  const auto queued = submit();
  EXPECT_THAT(resend(queued).error().sentence, HasSubstr("It waits to be sent."));
  event(queued, Event::dispatched);
  EXPECT_EQ(resend(queued).error().code, "not-failed");
  event(queued, Event::accepted);
  EXPECT_EQ(resend(queued).error().code, "not-failed");
  event(queued, Event::report_delivered);
  EXPECT_THAT(resend(queued).error().sentence, HasSubstr("It was delivered."));
  EXPECT_EQ(resend("nothing").error().code, "message-unknown");
  EXPECT_EQ(items().size(), 1U);
}

TEST_F(ResendTest, WhatMayHaveArrivedIsSentAgainOnlyByWhoAcceptsADuplicate) {
  const auto id = submit();
  event(id, Event::dispatched);
  event(id, Event::lost);
  EXPECT_EQ(resend(id).error().code, "may-have-arrived");
  auto knowing = again();
  knowing.accept_duplicate = true;
  EXPECT_EQ(resend(id, knowing).value().item.message.retry_of, id);
  EXPECT_EQ(detail(id).item.progress.state, State::uncertain) << "a report may still tell";
  event(id, Event::report_delivered);
  EXPECT_EQ(detail(id).item.progress.state, State::delivered);
}

TEST_F(ResendTest, TheRestOfADoubtfulOneDoesNotGoOutBesideTheNewOne) {
  const auto id = submit([](Draft& draft) { draft.text = std::string(400, 'x'); });
  event(id, Event::dispatched);
  event(id, Event::lost);
  auto knowing = again();
  knowing.accept_duplicate = true;
  resend(id, knowing).value();
  const auto parts = detail(id).parts;
  EXPECT_EQ(parts.at(1).standing.state, State::failed);
  EXPECT_EQ(parts.at(2).standing.state, State::failed);
  EXPECT_EQ(gateway.activity().waiting, 1U) << "the new one";
}

TEST_F(ResendTest, ADoubtThatAPersonHasActedOnIsNotActedOnByPolicy) {
  const auto id = submit([](Draft& draft) { draft.category = "result"; });
  event(id, Event::dispatched);
  event(id, Event::lost);
  auto count = [](const store::Connection& connection) {
    return store::doubtful_messages(connection, async::now().wall).size();
  };
  EXPECT_EQ(wait_for(reader.run(count)), 1U);
  auto knowing = again();
  knowing.accept_duplicate = true;
  resend(id, knowing).value();
  EXPECT_EQ(wait_for(reader.run(count)), 0U);
}

TEST_F(ResendTest, NothingIsSentToWhomHasOptedOutOrAfterTheAppointment) {
  const auto blocked = submit(), lost = failed();
  OptOuts opt_outs(options, gateway);
  const Deed deed{{"reception", "anna"}, "by phone"};
  wait_for(opt_outs.block("079 123 45 67", deed)).value();
  EXPECT_EQ(resend(blocked).error().code, "opted-out");
  EXPECT_EQ(resend(lost).error().code, "opted-out") << "failed before the patient opted out";
  wait_for(opt_outs.lift("079 123 45 67", deed)).value();
  EXPECT_TRUE(resend(lost, again("lost")));
  EXPECT_TRUE(resend(blocked, again("blocked")));
  const auto over = submit([](Draft& draft) { draft.appointment_at = async::now().wall - 1h; });
  EXPECT_EQ(detail(over).item.progress.state, State::expired);
  EXPECT_EQ(resend(over).error().code, "appointment-past");
}

TEST_F(ResendTest, WithinTheMarginItMayStillGoUntilTheAppointment) {
  const auto appointment = async::now().wall + 30min;
  const auto id = submit([&](Draft& draft) { draft.appointment_at = appointment; });
  EXPECT_EQ(detail(id).item.progress.state, State::expired);
  const auto made = resend(id).value().item;
  EXPECT_EQ(made.message.expires_at, appointment);
  EXPECT_EQ(made.progress.state, State::queued);
}

TEST_F(ResendTest, ATimeToExpireThatWasSaidStandsAndOthersBeginAnew) {
  const auto until = async::now().wall + 2h;
  const auto said = failed([&](Draft& draft) { draft.expires_at = until; });
  EXPECT_EQ(resend(said, again("a")).value().item.message.expires_at, until);
  const auto usual = resend(failed(), again("b")).value().item.message;
  EXPECT_EQ(usual.expires_at - usual.created_at, 24h);
  const auto over = submit([](Draft& draft) { draft.expires_at = async::now().wall - 1h; });
  const auto anew = resend(over, again("c")).value().item.message;
  EXPECT_EQ(anew.expires_at - anew.created_at, 24h);
  const auto appointment = async::now().wall + 72h;
  const auto reminder = failed([&](Draft& draft) { draft.appointment_at = appointment; });
  EXPECT_EQ(resend(reminder, again("d")).value().item.message.expires_at, appointment - 1h);
}

TEST_F(ResendTest, WhatCannotBeSentLeavesARecordAgain) {
  const auto id = submit([](Draft& draft) { draft.to = "12"; });
  const auto made = resend(id).value().item;
  EXPECT_EQ(made.message.retry_of, id);
  EXPECT_EQ(made.progress.state, State::failed);
  EXPECT_EQ(made.progress.error_code, "number-invalid");
  EXPECT_EQ(gateway.activity().waiting, 0U);
}

TEST_F(ResendTest, AWithdrawnOneMayBeSentAfterAll) {
  const auto id = submit();
  wait_for(messages.cancel(id, Withdrawal{"practice", "bea", "moved to Friday", {}})).value();
  EXPECT_EQ(detail(id).history.back().detail, "by bea of practice: moved to Friday");
  EXPECT_EQ(resend(id).value().item.message.retry_of, id);
}

TEST_F(ResendTest, AFullQueueTakesNothingMore) {
  const auto id = failed();
  submit();
  options.queue_cap = 1;
  EXPECT_EQ(resend(id).error().code, "queue-full");
}

TEST_F(ResendTest, ANoteStaysWithTheItemAndIsAChangeOfIt) {
  const auto id = failed();
  const auto before = detail(id).item.progress;
  const auto item = note(id, "phoned; comes on Friday").value();
  ASSERT_EQ(item.notes.size(), 1U);
  EXPECT_EQ(item.notes[0].user, "anna");
  EXPECT_EQ(item.notes[0].client, "reception");
  EXPECT_EQ(item.notes[0].text, "phoned; comes on Friday");
  EXPECT_EQ(item.progress.state, before.state);
  EXPECT_EQ(item.progress.error, before.error);
  EXPECT_GT(item.progress.change_seq, before.change_seq);
  EXPECT_EQ(detail(id).history.back().event, "noted");
  EXPECT_EQ(detail(id).history.back().detail, "by anna of reception");
  EXPECT_EQ(note("nothing", "x").error().code, "message-unknown");
}

TEST_F(ResendTest, ANoteThatIsRepeatedAtOnceIsOneNote) {
  const auto id = submit();
  note(id, "phoned").value();
  EXPECT_EQ(note(id, "phoned").value().notes.size(), 1U);
  EXPECT_EQ(note(id, "phoned", "bea").value().notes.size(), 2U);
  EXPECT_EQ(note(id, "phoned").value().notes.size(), 3U) << "somebody else has written between";
}

}  // namespace
}  // namespace burstd::clinic
