#include "clinic/bursts.hpp"

#include "clinic/office.hpp"
#include "store/history.hpp"

namespace burstd::clinic {
namespace {

using namespace std::chrono_literals;
using message::State;
using testing::ElementsAre;
using testing::IsEmpty;

class BurstsTest : public Office {
 protected:
  static burst::Recipient to(const std::string& number, const std::string& name = "Ann") {
    burst::Recipient recipient;
    recipient.to = number;
    recipient.patient_name = name;
    return recipient;
  }

  static BurstDraft draft(const std::string& ref = "burst") {
    BurstDraft draft;
    draft.client_ref = ref;
    draft.text = "Dear {patient_name}";
    draft.recipients = {to("0791234561"), to("0791234562"), to("12"), to("0791234564")};
    draft.recipients.back().exclude = "phoned";
    return draft;
  }

  base::Result<Burst> preview(BurstDraft draft) { return wait_for(bursts.preview("practice", std::move(draft))); }
  base::Result<Sent> send(const std::string& id, Selection selection = {}) {
    return wait_for(bursts.send("practice", id, std::move(selection)));
  }
  std::vector<store::BatchLine> lines(const std::string& id) { return wait_for(bursts.rows(id, 0, 500)).value().items; }
  std::vector<std::string> verdicts(const std::string& id) {
    std::vector<std::string> all;
    for (const auto& line : lines(id)) all.push_back(line.verdict);
    return all;
  }
  std::vector<int> selected(const std::string& id) {
    std::vector<int> all;
    for (const auto& line : lines(id)) {
      if (line.selected) all.push_back(line.row);
    }
    return all;
  }
  std::vector<std::string> details() {
    auto unit = [](const store::Connection& connection) { return store::history_after(connection, 0, 100); };
    std::vector<std::string> all;
    for (const store::Change& change : wait_for(reader.run(unit))) {
      if (change.kind == "batch") all.push_back(change.event + " " + change.detail.value_or(""));
    }
    return all;
  }
  static BurstDraft reminder() {
    auto given = draft();
    given.text.reset();
    given.template_name = "appointment-reminder";
    given.recipients = {to("0791234561"), to("0791234562")};
    given.recipients.at(0).fields = {{"date", "3 March"}, {"time", "10:00"}};
    return given;
  }
  static std::vector<int> numbers(const std::vector<Sent::Row>& rows) {
    std::vector<int> all;
    for (const Sent::Row& row : rows) all.push_back(row.row);
    return all;
  }
  static Selection only(std::vector<int> rows) {
    Selection selection;
    selection.select = std::move(rows);
    return selection;
  }

  Templates templates{options};
  Bursts bursts{options, templates, gateway};
};

TEST_F(BurstsTest, APreviewSendsNothing) {
  const auto burst = preview(draft()).value();
  EXPECT_EQ(burst.state, "preview");
  EXPECT_EQ(burst.totals.rows, 4);
  EXPECT_EQ(burst.totals.selected, 3);
  EXPECT_EQ(burst.batch.category, "group");
  EXPECT_EQ(burst::light(burst.quota), burst::Light::green);
  EXPECT_FALSE(burst.quota.available);
  EXPECT_FALSE(burst.eta) << "no modem is ready";
  EXPECT_THAT(verdicts(burst.batch.id), ElementsAre("ok", "ok", "number-invalid", "excluded"));
  EXPECT_THAT(items(), IsEmpty());
  EXPECT_EQ(gateway.activity().waiting, 0U);
}

TEST_F(BurstsTest, ARepeatedPreviewIsTheSameOne) {
  const auto first = preview(draft()).value();
  const auto again = preview(draft()).value();
  EXPECT_FALSE(first.replayed);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.batch.id, first.batch.id);
  auto other = draft();
  other.recipients.at(0).fields = {{"x", "y"}};
  EXPECT_EQ(preview(other).error().code, "client-ref-reused");
}

TEST_F(BurstsTest, AnExpiredPreviewFreesItsRefAndCannotBeSent) {
  options.preview_lifetime = 0min;
  const auto first = preview(draft()).value();
  EXPECT_EQ(first.state, "expired");
  EXPECT_EQ(send(first.batch.id).error().code, "preview-expired");
  auto other = draft();
  other.name = "another";
  EXPECT_NE(preview(other).value().batch.id, first.batch.id);
  EXPECT_THAT(items(), IsEmpty());
}

TEST_F(BurstsTest, SendingMakesItemsAndABadRowSpoilsNothing) {
  const auto id = preview(draft()).value().batch.id;
  const auto sent = send(id).value();
  EXPECT_EQ(sent.state, "queued");
  EXPECT_THAT(numbers(sent.accepted), ElementsAre(1, 2));
  EXPECT_THAT(numbers(sent.refused), ElementsAre(3));
  EXPECT_EQ(sent.refused.at(0).verdict, "number-invalid");
  const auto known = items();
  ASSERT_EQ(known.size(), 3U);
  EXPECT_EQ(known.at(0).message.id, sent.refused.at(0).id);
  EXPECT_EQ(known.at(0).progress.state, State::failed);
  EXPECT_EQ(known.at(0).progress.error, "Phone number is not valid");
  EXPECT_EQ(known.at(2).message.text, "Dear Ann");
  EXPECT_EQ(known.at(2).message.batch_row, 1);
  EXPECT_EQ(known.at(2).batch, id);
  EXPECT_EQ(gateway.activity().waiting, 2U);
  const auto burst = wait_for(bursts.find(id)).value();
  EXPECT_EQ(burst.state, "queued");
  EXPECT_EQ(burst.done, 1);
  EXPECT_EQ(burst.total, 3);
}

TEST_F(BurstsTest, ARepeatedSendGetsTheSameAnswerAndAnotherSelectionAConflict) {
  const auto id = preview(draft()).value().batch.id;
  const auto first = send(id).value();
  const auto again = send(id).value();
  EXPECT_EQ(again.accepted.at(0).id, first.accepted.at(0).id);
  EXPECT_EQ(again.refused.at(0).id, first.refused.at(0).id);
  EXPECT_THAT(numbers(again.accepted), ElementsAre(1, 2));
  EXPECT_TRUE(send(id, only({3, 2, 1}))) << "the same rows, asked for in another way";
  const auto other = send(id, only({1}));
  EXPECT_EQ(other.error().code, "selection-differs");
  EXPECT_EQ(other.error().fault, base::Fault::conflict);
  EXPECT_EQ(items().size(), 3U);
  EXPECT_EQ(gateway.activity().waiting, 2U);
}

TEST_F(BurstsTest, DeselectTakesFromTheDefaultSelectTakesExactly) {
  auto given = draft();
  given.recipients.push_back(to("0791234561"));
  const auto first = preview(given).value().batch.id;
  Selection less;
  less.deselect = std::vector<int>{2, 4};
  EXPECT_THAT(numbers(send(first, less).value().accepted), ElementsAre(1)) << "row 5 is a duplicate";
  given.client_ref = "other";
  given.text = "Dear {patient_name}!";
  const auto second = preview(given).value().batch.id;
  EXPECT_THAT(numbers(send(second, only({2, 5})).value().accepted), ElementsAre(2, 5));
}

TEST_F(BurstsTest, AnExcludedRowLeavesNoItemEvenWhenSelected) {
  const auto id = preview(draft()).value().batch.id;
  const auto sent = send(id, only({4})).value();
  EXPECT_THAT(sent.accepted, IsEmpty());
  EXPECT_EQ(sent.refused.at(0).verdict, "excluded");
  EXPECT_FALSE(sent.refused.at(0).id);
  EXPECT_THAT(items(), IsEmpty());
}

TEST_F(BurstsTest, RowsThatAreNotThereAreRefusedBeforeAnythingIsSent) {
  const auto id = preview(draft()).value().batch.id;
  const auto error = send(id, only({1, 5, 7})).error();
  EXPECT_EQ(error.code, "row-unknown");
  EXPECT_EQ(error.sentence, "The burst has no rows 5, 7; rows count from 1.");
  EXPECT_THAT(items(), IsEmpty());
  EXPECT_TRUE(send(id, only({1})));
}

TEST_F(BurstsTest, RowRefsAreClaimedAtSend) {
  auto given = draft();
  given.recipients.at(0).client_ref = "row-a";
  const auto first = preview(given).value().batch.id;
  given.client_ref = "second";
  const auto second = preview(given).value().batch.id;
  EXPECT_EQ(verdicts(second).at(0), "ok") << "only previewed so far";
  const auto sent = send(first, only({1})).value();
  const auto refused = send(second, only({1, 2})).value();
  EXPECT_THAT(numbers(refused.accepted), ElementsAre(2));
  EXPECT_EQ(refused.refused.at(0).verdict, "already-accepted");
  EXPECT_EQ(refused.refused.at(0).id, sent.accepted.at(0).id);
  given.client_ref = "third";
  const auto third = preview(given).value();
  EXPECT_EQ(verdicts(third.batch.id).at(0), "already-accepted");
  EXPECT_EQ(items().size(), 2U);
}

TEST_F(BurstsTest, OneRefInTwoRowsIsAcceptedOnce) {
  auto given = draft();
  given.recipients.at(0).client_ref = "same";
  given.recipients.at(1).client_ref = "same";
  const auto sent = send(preview(given).value().batch.id, only({1, 2})).value();
  EXPECT_THAT(numbers(sent.accepted), ElementsAre(1));
  EXPECT_EQ(sent.refused.at(0).verdict, "already-accepted");
  EXPECT_EQ(sent.refused.at(0).id, sent.accepted.at(0).id);
}

TEST_F(BurstsTest, WhatWasSentOfLateIsNotSelectedAgain) {
  const auto sent = send(preview(draft()).value().batch.id).value();
  const auto id = preview(draft("again")).value().batch.id;
  const auto line = wait_for(bursts.rows(id, 0, 1)).value().items.at(0);
  EXPECT_THAT(line.flags, ElementsAre("recently-sent"));
  EXPECT_EQ(line.earlier_item, sent.accepted.at(0).id);
  EXPECT_EQ(line.earlier_status, "Pending");
  EXPECT_FALSE(line.selected);
  EXPECT_EQ(line.verdict, "ok");
}

TEST_F(BurstsTest, WhatAnotherBurstSentSinceThePreviewIsNotSentAgainUnseen) {
  const auto one = preview(draft()).value().batch.id, other = preview(draft("other")).value().batch.id;
  send(one).value();
  const auto refused = send(other).error();
  EXPECT_EQ(refused.code, "preview-outdated");
  EXPECT_THAT(refused.sentence, testing::HasSubstr("already: 1-2. Nothing"));
  EXPECT_EQ(items().size(), 3U) << "nothing of the second is there";
  EXPECT_THAT(numbers(send(other, only({1})).value().accepted), ElementsAre(1)) << "who names the row means it";
}

TEST_F(BurstsTest, VerdictsAreJudgedAgainWhenItIsSent) {
  auto given = draft();
  given.expires_at = async::now().wall + 300ms;
  const auto id = preview(given).value().batch.id;
  EXPECT_EQ(verdicts(id).at(0), "ok");
  wait_for([]() -> async::Task<int> {
    co_await async::sleep_for(400ms);
    co_return 0;
  }());
  const auto sent = send(id).value();
  EXPECT_THAT(sent.accepted, IsEmpty());
  EXPECT_EQ(sent.refused.at(0).verdict, "expired");
  EXPECT_EQ(items().back().progress.state, State::expired);
  EXPECT_EQ(verdicts(id).at(0), "expired");
  EXPECT_EQ(wait_for(bursts.find(id)).value().state, "done");
}

TEST_F(BurstsTest, AFullQueueTakesTheWholeBurstOrNothing) {
  options.queue_cap = 1;
  const auto id = preview(draft()).value().batch.id;
  EXPECT_EQ(send(id).error().code, "queue-full");
  EXPECT_THAT(items(), IsEmpty());
  EXPECT_TRUE(send(id, only({1})));
}

TEST_F(BurstsTest, CancellingLeavesWhatHasLeft) {
  const auto id = preview(draft()).value().batch.id;
  const auto sent = send(id).value();
  leaves(*sent.accepted.at(0).id);
  const auto burst = wait_for(bursts.cancel(id, {})).value();
  EXPECT_EQ(burst.state, "cancelled");
  EXPECT_EQ(burst.failures, 1) << "the number that is none; what was withdrawn is no failure";
  const auto known = items();
  EXPECT_EQ(known.at(0).progress.state, State::failed);
  EXPECT_EQ(known.at(1).progress.state, State::cancelled);
  EXPECT_EQ(known.at(2).progress.state, State::submitted);
}

TEST_F(BurstsTest, CancellingWithdrawsWhatHasNotLeft) {
  const auto id = preview(draft()).value().batch.id;
  send(id).value();
  const auto burst = wait_for(bursts.cancel(id, {})).value();
  EXPECT_EQ(burst.state, "cancelled");
  EXPECT_EQ(gateway.activity().waiting, 0U);
  const auto known = items();
  EXPECT_EQ(known.at(0).progress.state, State::failed);
  EXPECT_EQ(known.at(1).progress.state, State::cancelled);
  EXPECT_EQ(wait_for(bursts.cancel(id, {})).value().state, "cancelled");
  const auto repeated = send(id).value();
  EXPECT_THAT(numbers(repeated.accepted), ElementsAre(1, 2)) << "a repeat of the send still gets its answer";
  EXPECT_EQ(repeated.state, "cancelled");
}

TEST_F(BurstsTest, CancellingIsOnRecordAlsoWhereTheNetworkHasAllOfItAndSomeMightHaveToGoAgain) {
  const auto id = preview(draft()).value().batch.id;
  const auto sent = send(id, only({1, 2})).value();
  for (const auto& row : sent.accepted) leaves(*row.id);
  EXPECT_EQ(wait_for(bursts.cancel(id, {"practice", "bea", "wrong day", {}})).value().state, "cancelled");
  for (const auto& item : items()) EXPECT_EQ(item.progress.state, State::submitted);
  EXPECT_EQ(details().back(), "cancelled by bea of practice: wrong day");
  const auto written = details().size();
  wait_for(bursts.cancel(id, {})).value();
  EXPECT_EQ(details().size(), written) << "once";
}

TEST_F(BurstsTest, WhatHasEndedIsNotCancelledAnyMore) {
  const auto id = preview(draft()).value().batch.id;
  send(id, only({3})).value();
  EXPECT_EQ(wait_for(bursts.cancel(id, {})).value().state, "done");
}

TEST_F(BurstsTest, ACancelledPreviewCannotBeSent) {
  const auto id = preview(draft()).value().batch.id;
  EXPECT_EQ(wait_for(bursts.cancel(id, {})).value().state, "cancelled");
  EXPECT_EQ(send(id).error().code, "batch-cancelled");
}

TEST_F(BurstsTest, ACancelledPreviewFreesItsRef) {
  const auto id = preview(draft()).value().batch.id;
  wait_for(bursts.cancel(id, {})).value();
  auto other = draft();
  other.name = "corrected";
  const auto second = preview(other).value();
  EXPECT_NE(second.batch.id, id);
  send(second.batch.id).value();
  wait_for(bursts.cancel(second.batch.id, {})).value();
  EXPECT_EQ(preview(draft()).error().code, "client-ref-reused") << "what was sent keeps it";
}

TEST_F(BurstsTest, ARefOfAMessageIsNoneOfABurstAndTheOtherWayRound) {
  Messages messages(options, gateway);
  Draft message;
  message.client_ref = "shared";
  message.to = "0791234567";
  message.text = "Hello";
  wait_for(messages.submit("practice", message)).value();
  EXPECT_EQ(preview(draft("shared")).error().code, "client-ref-reused");
  preview(draft("burst")).value();
  message.client_ref = "burst";
  EXPECT_EQ(wait_for(messages.submit("practice", message)).error().code, "client-ref-reused");
  EXPECT_TRUE(wait_for(messages.submit("laboratory", message)));
}

TEST_F(BurstsTest, RowsShowWhatWasSentRatherThanWhatWasProposed) {
  const auto id = preview(draft()).value().batch.id;
  EXPECT_THAT(selected(id), ElementsAre(1, 2, 3));
  send(id, only({1, 4})).value();
  EXPECT_THAT(selected(id), ElementsAre(1, 4));
  const auto burst = wait_for(bursts.find(id)).value();
  EXPECT_EQ(burst.totals.selected, 2);
  EXPECT_EQ(burst.totals.segments, 1);
  EXPECT_EQ(send(id).error().code, "selection-differs") << "the default selection is still that of the preview";
}

TEST_F(BurstsTest, AnAcceptedRowIsToldAgainWithItsItem) {
  auto given = draft();
  given.recipients = {to("0791234561")};
  given.recipients.at(0).client_ref = "row";
  const auto first = send(preview(given).value().batch.id).value();
  given.client_ref = "again";
  const auto again = send(preview(given).value().batch.id).value();
  ASSERT_EQ(again.refused.size(), 1U);
  EXPECT_EQ(again.refused.at(0).verdict, "already-accepted");
  EXPECT_EQ(again.refused.at(0).id, first.accepted.at(0).id);
}

TEST_F(BurstsTest, TheHistorySaysWhoPreviewedSentAndCancelled) {
  auto given = draft();
  given.user = "anna";
  const auto id = preview(given).value().batch.id;
  send(id).value();
  wait_for(bursts.cancel(id, {"practice", "bea", "wrong day", {}})).value();
  EXPECT_THAT(details(), ElementsAre("preview by anna of practice", "sent by practice: 2 of 4 rows queued",
                                     "cancelled by bea of practice: wrong day"));
}

TEST_F(BurstsTest, ARowNamesTheValuesThatAreMissingAndSoDoesItsItem) {
  const auto id = preview(reminder()).value().batch.id;
  EXPECT_THAT(lines(id).at(1).missing, ElementsAre("date", "time"));
  send(id, only({2})).value();
  EXPECT_EQ(items().at(0).progress.error, "A value for the text is missing: date, time");
}

TEST_F(BurstsTest, AReminderEndsWithTheClinicsNameWhereSomebodySaysIt) {
  const auto plain = lines(preview(reminder()).value().batch.id).at(0);
  EXPECT_EQ(plain.verdict, "ok");
  EXPECT_TRUE(plain.text.ends_with("in good time.")) << plain.text;
  auto given = reminder();
  given.client_ref = "named by a row";
  given.recipients.at(0).fields["clinic"] = "Praxis Nord";
  EXPECT_TRUE(lines(preview(given).value().batch.id).at(0).text.ends_with("in good time. Praxis Nord"));
  options.clinic_name = "Praxis am Bach";
  given = reminder();
  given.client_ref = "named by the configuration";
  EXPECT_TRUE(lines(preview(given).value().batch.id).at(0).text.ends_with("in good time. Praxis am Bach"));
}

TEST_F(BurstsTest, PositionsThatTheRecordHasNotAskForAResync) {
  const auto id = preview(draft()).value().batch.id;
  EXPECT_EQ(wait_for(bursts.list(2, 5)).error().code, "resync");
  EXPECT_EQ(wait_for(bursts.rows(id, 5, 5)).error().code, "resync");
  EXPECT_THAT(wait_for(bursts.rows(id, 4, 5)).value().items, IsEmpty());
}

TEST_F(BurstsTest, AMaintainedTemplateGetsItsFields) {
  auto given = reminder();
  given.recipients.at(0).fields["clinic"] = "Praxis Nord";
  const auto burst = preview(given).value();
  EXPECT_EQ(burst.batch.category, "reminder");
  const auto rows = wait_for(bursts.rows(burst.batch.id, 0, 10)).value().items;
  EXPECT_EQ(rows.at(0).verdict, "ok");
  EXPECT_THAT(rows.at(0).text, testing::HasSubstr("Dear Ann"));
  EXPECT_THAT(rows.at(0).text, testing::HasSubstr("3 March at 10:00"));
  EXPECT_EQ(rows.at(0).segments, 1);
  EXPECT_EQ(rows.at(1).verdict, "field-missing");
  given.template_name = "nothing";
  given.client_ref = "other";
  EXPECT_EQ(preview(given).error().code, "template-unknown");
}

TEST_F(BurstsTest, AreListedNewestFirst) {
  const auto first = preview(draft("a")).value().batch.id;
  const auto second = preview(draft("b")).value().batch.id;
  const auto page = wait_for(bursts.list(std::nullopt, 1)).value();
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items.at(0).batch.id, second);
  EXPECT_TRUE(page.more);
  EXPECT_EQ(wait_for(bursts.list(page.items.at(0).batch.key, 5)).value().items.at(0).batch.id, first);
  EXPECT_EQ(wait_for(bursts.find("x")).error().code, "batch-unknown");
}

}  // namespace
}  // namespace burstd::clinic
