#include "store/berths.hpp"

#include "store/desk.hpp"
#include "store/inbox.hpp"

namespace burstd::store::test {
namespace {

Berth a_berth(const std::string& sim, std::int64_t bound = 0, const std::string& name = "left") {
  Berth berth;
  berth.name = name;
  berth.sim = sim;
  berth.bound_at = at(bound);
  return berth;
}

class Berths : public Desk {
 protected:
  // A message of which one part stands over this SIM.
  message::Message sent_over(const std::string& sim, message::State state, int number = 1,
                             std::optional<base::Time> expected = {}) {
    auto message = a_message(number);
    message.expects_reply_until = expected;
    const auto stored = record_message(message);
    auto progress = find_message(connection, stored.key)->progress;
    progress.state = state;
    progress.status = message::status_of(state, false, {});
    progress.sim = sim;
    progress.sent_at = at(100);
    save_progress(transaction, stored.key, progress);
    auto over = part(stored.key, state);
    over.sim = sim;
    save_part(transaction, over);
    return stored;
  }

  void answers(const std::string& sender, std::int64_t second) {
    Inbound inbound;
    inbound.modem = "right";
    inbound.sim = "8944-9";
    inbound.pdu = "00" + std::to_string(second);
    inbound.received_at = at(second);
    inbound.sender = sender;
    inbound = insert_inbound(transaction, inbound);
    Reply reply;
    reply.sender = sender;
    reply.modem = inbound.modem;
    reply.sim = inbound.sim;
    reply.received_at = inbound.received_at;
    save_reply(transaction, reply, inbound.bundle, at(second));
  }

  std::vector<Owed> owed_by_left(std::int64_t second = 200, const std::string& present = "8944-2") {
    return owed(connection, "left", present, at(second));
  }

  void change_sim() {
    save_berth(transaction, a_berth("8944-1"));
    save_berth(transaction, a_berth("8944-2", 150));
  }
};

TEST_F(Berths, OneComesBackAsItWasSaved) {
  EXPECT_FALSE(find_berth(connection, "left"));
  Berth berth = a_berth("8944-1", 5);
  berth.imei = "352099001761481";
  berth.iccid = "8944-1";
  berth.imsi = "234150999999999";
  berth.configured = "imei: 1";
  berth.adopted_at = at(6);
  berth.adopted_by = "anna";
  save_berth(transaction, berth);
  const auto found = find_berth(connection, "left");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->imei, berth.imei);
  EXPECT_EQ(found->iccid, berth.iccid);
  EXPECT_EQ(found->imsi, berth.imsi);
  EXPECT_EQ(found->sim, berth.sim);
  EXPECT_EQ(found->configured, berth.configured);
  EXPECT_EQ(found->bound_at, at(5));
  EXPECT_EQ(found->adopted_at, at(6));
  EXPECT_EQ(found->adopted_by, "anna");
}

TEST_F(Berths, WhatIsNotKnownStaysEmptyAndTheNewestSavingCounts) {
  save_berth(transaction, a_berth("8944-1", 5));
  Berth plain = a_berth("", 7);
  plain.imei = "35";
  save_berth(transaction, plain);
  save_berth(transaction, a_berth("8944-3", 1, "back"));
  const auto all = berths(connection);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "back");
  EXPECT_EQ(all[1].imei, "35");
  EXPECT_EQ(all[1].sim, "");
  EXPECT_EQ(all[1].configured, "");
  EXPECT_FALSE(all[1].adopted_at);
  EXPECT_EQ(all[1].bound_at, at(7));
}

TEST_F(Berths, ANameAndTheSimsItHadAreNeverForgotten) {
  change_sim();
  EXPECT_THROW(transaction.run("DELETE FROM berth"), Failure);
  EXPECT_THROW(transaction.run("DELETE FROM berth_sim"), Failure);
  EXPECT_THROW(transaction.run("UPDATE berth_sim SET sim = 'x'"), Failure);
}

TEST_F(Berths, TheTimeOfEachFormerSimIsKept) {
  change_sim();
  save_berth(transaction, a_berth("8944-2", 160));  // other hardware, the same SIM
  save_berth(transaction, a_berth("8944-3", 170));
  Statement rows = connection.query("SELECT sim, since, until FROM berth_sim ORDER BY until");
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.next<std::string>(), "8944-1");
  EXPECT_EQ(rows.next<base::Time>(), at(0));
  EXPECT_EQ(rows.next<base::Time>(), at(150));
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.next<std::string>(), "8944-2");
  EXPECT_EQ(rows.next<base::Time>(), at(150));
  EXPECT_EQ(rows.next<base::Time>(), at(170));
  EXPECT_FALSE(rows.step());
}

TEST_F(Berths, AFormerSimIsOwedTheReportsOfWhatWentOverIt) {
  sent_over("8944-1", message::State::submitted, 1);
  sent_over("8944-1", message::State::uncertain, 2);
  sent_over("8944-1", message::State::delivered, 3);
  sent_over("8944-2", message::State::submitted, 4);
  EXPECT_TRUE(owed_by_left().empty()) << "nothing went by the name yet";
  change_sim();
  const auto found = owed_by_left();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].sim, "8944-1");
  EXPECT_EQ(found[0].reports, 2);
  EXPECT_EQ(found[0].replies, 0);
  EXPECT_TRUE(owed(connection, "right", "", at(200)).empty());
}

TEST_F(Berths, AWindowThatIsOverOwesNothing) {
  const auto message = sent_over("8944-1", message::State::uncertain);
  change_sim();
  EXPECT_EQ(owed_by_left().size(), 1U);
  auto over = parts_of(connection, message.key).at(0);
  over.window_over = true;
  save_part(transaction, over);
  EXPECT_TRUE(owed_by_left().empty());
}

TEST_F(Berths, AReplyIsOwedUntilItComesOrIsTooLate) {
  const auto message = sent_over("8944-1", message::State::delivered, 1, at(500));
  change_sim();
  ASSERT_EQ(owed_by_left().size(), 1U);
  EXPECT_EQ(owed_by_left().at(0).replies, 1);
  EXPECT_EQ(owed_by_left().at(0).reports, 0);
  EXPECT_TRUE(owed_by_left(500).empty()) << "too late";
  answers(message.number, 99);
  answers("+41790000009", 120);
  EXPECT_EQ(owed_by_left().size(), 1U) << "one from before, one from somebody else";
  answers(message.number, 120);
  EXPECT_TRUE(owed_by_left().empty());
}

TEST_F(Berths, WhatNeverLeftIsOwedNoReply) {
  sent_over("8944-1", message::State::failed, 1, at(500));
  sent_over("8944-1", message::State::delivered, 2);
  change_sim();
  EXPECT_TRUE(owed_by_left().empty());
}

TEST_F(Berths, ASimThatGoesByANameAgainIsNoFormerOne) {
  sent_over("8944-1", message::State::submitted);
  change_sim();
  EXPECT_TRUE(owed_by_left(200, "8944-1").empty()) << "it is back, though the name is not bound to it yet";
  save_berth(transaction, a_berth("8944-1", 180, "right"));
  EXPECT_TRUE(owed_by_left().empty());
}

}  // namespace
}  // namespace burstd::store::test
