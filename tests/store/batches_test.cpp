#include "store/batches.hpp"

#include "store/desk.hpp"

namespace burstd::store::test {
namespace {

class Batches : public Desk {};
class Alike : public Desk {};

TEST_F(Batches, ABurstComesBackAsItWasPreviewed) {
  auto batch = a_batch();
  batch.client_ref = "b-1";
  batch.name = "Monday";
  batch.template_name = "appointment-reminder";
  batch.user = "anna";
  batch.timezone = "Europe/Rome";
  batch.send_after = at(10);
  batch.messages_expire_at = at(20);
  const auto stored = insert_batch(transaction, batch, {});
  EXPECT_EQ(stored.id, record.epoch() + "-B1");
  const auto found = find_batch(connection, stored.id).value();
  EXPECT_EQ(found.key, stored.key);
  EXPECT_EQ(found.client, "clinic");
  EXPECT_EQ(found.client_ref, "b-1");
  EXPECT_EQ(found.name, "Monday");
  EXPECT_EQ(found.template_name, "appointment-reminder");
  EXPECT_EQ(found.user, "anna");
  EXPECT_EQ(found.timezone, "Europe/Rome");
  EXPECT_EQ(found.digest, "d1");
  EXPECT_EQ(found.category, "reminder");
  EXPECT_EQ(found.state, "preview");
  EXPECT_EQ(found.created_at, at(0));
  EXPECT_EQ(found.preview_until, at(3600));
  EXPECT_EQ(found.send_after, at(10));
  EXPECT_EQ(found.messages_expire_at, at(20));
  EXPECT_FALSE(found.selection);
  EXPECT_FALSE(find_batch(connection, record.epoch() + "-1"));
  EXPECT_FALSE(find_batch(connection, "ZZZZZZ-B1"));
}

TEST_F(Batches, StateAndSelectionAreSaved) {
  auto batch = insert_batch(transaction, a_batch(), {});
  batch.state = "queued";
  batch.selection = "1-3";
  save_batch(transaction, batch);
  EXPECT_EQ(find_batch(connection, batch.key)->state, "queued");
  EXPECT_EQ(find_batch(connection, batch.key)->selection, "1-3");
  batch.state = "lost";
  EXPECT_THROW(save_batch(transaction, batch), Failure);
}

TEST_F(Batches, ARefIsHeldByAPreviewUntilItExpiresAndByWhatWasSent) {
  auto batch = a_batch();
  batch.client_ref = "b";
  auto stored = insert_batch(transaction, batch, {});
  EXPECT_EQ(find_batch_ref(connection, "clinic", "b", at(3599))->key, stored.key);
  EXPECT_FALSE(find_batch_ref(connection, "other", "b", at(0)));
  EXPECT_FALSE(find_batch_ref(connection, "clinic", "b", at(3600)));
  const auto second = insert_batch(transaction, batch, {});
  EXPECT_EQ(find_batch_ref(connection, "clinic", "b", at(0))->key, second.key);
  stored.state = "queued";
  save_batch(transaction, stored);
  EXPECT_EQ(find_batch_ref(connection, "clinic", "b", at(9999))->key, stored.key);
  stored.state = "cancelled";
  stored.selection = "1";
  save_batch(transaction, stored);
  EXPECT_EQ(find_batch_ref(connection, "clinic", "b", at(9999))->key, stored.key) << "it was sent before";
}

TEST_F(Batches, ACancelledPreviewHoldsNoRef) {
  auto batch = a_batch();
  batch.client_ref = "b";
  batch = insert_batch(transaction, batch, {});
  batch.state = "cancelled";
  save_batch(transaction, batch);
  EXPECT_FALSE(find_batch_ref(connection, "clinic", "b", at(0)));
}

TEST_F(Batches, RowsComeInPagesAndAreLinkedToTheirMessages) {
  auto full = a_line(2);
  full.patient = "p";
  full.patient_name = "Zoë";
  full.client_ref = "r";
  full.exclude = "asked";
  full.appointment_at = at(7);
  full.verdict = "excluded";
  full.missing = {"größe", "date"};
  full.flags = {"duplicate-row", "recently-sent"};
  full.selected = false;
  full.earlier_item = "ABCDEF-1";
  const auto batch = insert_batch(transaction, a_batch(), {a_line(1), full, a_line(3)});
  const auto page = batch_lines(connection, batch.key, 1, 1);
  ASSERT_EQ(page.size(), 1U);
  const auto& line = page.front();
  EXPECT_EQ(line.row, 2);
  EXPECT_EQ(line.patient, "p");
  EXPECT_EQ(line.patient_name, "Zoë");
  EXPECT_EQ(line.client_ref, "r");
  EXPECT_EQ(line.exclude, "asked");
  EXPECT_EQ(line.typed, "07700 900111");
  EXPECT_EQ(line.number, "+447700900111");
  EXPECT_EQ(line.text, "Hello");
  EXPECT_EQ(line.encoding, "gsm7");
  EXPECT_EQ(line.segments, 2);
  EXPECT_EQ(line.appointment_at, at(7));
  EXPECT_EQ(line.verdict, "excluded");
  EXPECT_EQ(line.missing, full.missing);
  EXPECT_EQ(line.flags, full.flags);
  EXPECT_FALSE(line.selected);
  EXPECT_EQ(line.earlier_item, "ABCDEF-1");
  EXPECT_FALSE(line.message || line.message_id);
  const auto message = record_message(a_message());
  link_line(transaction, batch.key, 3, message.key);
  set_line_verdict(transaction, batch.key, 3, "already-accepted");
  const auto last = batch_lines(connection, batch.key, 2, 10).at(0);
  EXPECT_EQ(last.message, message.key);
  EXPECT_EQ(last.message_id, message.id);
  EXPECT_EQ(last.verdict, "already-accepted");
  EXPECT_TRUE(last.flags.empty());
}

TEST_F(Batches, TotalsCountSegmentsOfWhatIsSelected) {
  auto deselected = a_line(3);
  deselected.selected = false;
  const auto batch = insert_batch(transaction, a_batch(), {a_line(1), a_line(2), deselected});
  const auto totals = batch_totals(connection, batch.key);
  EXPECT_EQ(totals.rows, 3);
  EXPECT_EQ(totals.selected, 2);
  EXPECT_EQ(totals.segments, 4);
  EXPECT_EQ(batch_totals(connection, 99).rows, 0);
}

TEST_F(Batches, TotalsCountSegmentsOfWhatWasSent) {
  auto deselected = a_line(3);
  deselected.selected = false;
  auto batch = insert_batch(transaction, a_batch(), {a_line(1), a_line(2), deselected});
  batch.state = "queued";
  batch.selection = "3";
  save_batch(transaction, batch);
  link_line(transaction, batch.key, 3, record_message(a_message()).key);
  EXPECT_EQ(batch_totals(connection, batch.key).segments, 2);
}

TEST_F(Batches, TheListIsNewestFirstBelowTheCursor) {
  for (int i = 0; i < 4; ++i) insert_batch(transaction, a_batch(), {});
  const auto newest = list_batches(connection, std::nullopt, 2);
  ASSERT_EQ(newest.size(), 2U);
  EXPECT_EQ(newest[0].key, 4);
  EXPECT_EQ(list_batches(connection, 3, 10).at(0).key, 2);
}

TEST_F(Batches, TheMessagesOfABurstAreItsOwn) {
  const auto batch = insert_batch(transaction, a_batch(), {});
  auto message = a_message();
  record_message(message);
  message.batch = batch.key;
  const auto one = record_message(message), two = record_message(message);
  EXPECT_EQ(messages_of_batch(connection, batch.key), (std::vector{one.key, two.key}));
}

TEST_F(Alike, SamePatientAndAppointmentOrSameNumberAndText) {
  auto message = a_message(1);
  message.patient = "p";
  message.appointment_at = at(500);
  const auto stored = record_message(message);
  Likeness likeness{"+440000000", "else", "p", at(500), at(1)};
  EXPECT_EQ(find_alike(connection, likeness), stored.id);
  likeness.appointment_at = at(501);
  EXPECT_FALSE(find_alike(connection, likeness));
  likeness.number = message.number;
  EXPECT_FALSE(find_alike(connection, likeness));
  likeness.text = message.text;
  EXPECT_EQ(find_alike(connection, likeness), stored.id);
  likeness.since = at(2);
  EXPECT_FALSE(find_alike(connection, likeness));
}

TEST_F(Alike, WhatFailedForGoodDoesNotCountButWhatMayHaveArrivedDoes) {
  const auto message = a_message(1);
  const auto stored = record_message(message);
  const Likeness likeness{message.number, message.text, std::nullopt, std::nullopt, at(0)};
  set_state(stored.key, message::State::failed);
  EXPECT_FALSE(find_alike(connection, likeness));
  auto progress = a_progress(message::State::uncertain);
  progress.status = message::Status::failed;
  save_progress(transaction, stored.key, progress);
  EXPECT_EQ(find_alike(connection, likeness), stored.id);
}

TEST_F(Alike, RowsWithoutANumberResembleNothing) {
  auto message = a_message(1);
  message.number.clear();
  record_message(message);
  EXPECT_FALSE(find_alike(connection, Likeness{"", message.text, std::nullopt, std::nullopt, at(0)}));
}

}  // namespace
}  // namespace burstd::store::test
