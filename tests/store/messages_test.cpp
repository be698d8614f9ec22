#include "store/desk.hpp"
#include "store/identity.hpp"
#include "store/sims.hpp"

namespace burstd::store::test {
namespace {

using message::State;

class Messages : public Desk {};
class Parts : public Desk {};
class Waiting : public Desk {};

message::Message a_full_message() {
  message::Message message = a_message(5);
  message.client_ref = "ref-5";
  message.batch_row = 3;
  message.retry_of = "ABCDEF-1";
  message.patient = "p-1";
  message.patient_name = "Zoë";
  message.context = "{\"visit\":1}";
  message.user = "anna";
  message.timezone = "Europe/London";
  message.priority = message::Priority::urgent;
  message.send_after = at(60);
  message.appointment_at = at(7200);
  message.expects_reply_until = at(9000);
  message.text.push_back('\0');
  message.segments = 3;
  return message;
}

TEST_F(Messages, WhatWillNeverBeSentHasOnePart) {
  const auto stored = insert_stillborn(transaction, a_full_message(), a_progress(), "digest");
  EXPECT_EQ(parts_of(connection, stored.key).size(), 1U);
  EXPECT_EQ(find_message(connection, stored.key)->message.segments, 3);
}

TEST_F(Messages, NumbersAreFoundByTheirLastDigitsEachOnce) {
  EXPECT_TRUE(numbers_ending(connection, "0000001").empty());
  auto message = a_message(1);
  for (const char* number : {"+41790000001", "+41790000002", "+43660000001", "+41790000001", ""}) {
    message.number = number;
    record_message(message);
  }
  EXPECT_EQ(numbers_ending(connection, "0000001"), (std::vector<std::string>{"+41790000001", "+43660000001"}));
  EXPECT_TRUE(numbers_ending(connection, "9999999").empty());
}

TEST_F(Messages, AMessageComesBackAsItWasAccepted) {
  auto full = a_full_message();
  full.batch = insert_batch(transaction, a_batch(), {}).key;
  const auto stored = insert_message(transaction, full, a_progress(), "digest-5");
  EXPECT_EQ(stored.key, 1);
  EXPECT_EQ(stored.id, record.epoch() + "-1");
  const auto found = find_message(connection, stored.id)->message;
  EXPECT_EQ(found.key, 1);
  EXPECT_EQ(found.id, stored.id);
  EXPECT_EQ(found.client, full.client);
  EXPECT_EQ(found.client_ref, full.client_ref);
  EXPECT_EQ(found.batch, full.batch);
  EXPECT_EQ(found.batch_row, full.batch_row);
  EXPECT_EQ(found.retry_of, full.retry_of);
  EXPECT_EQ(found.text, full.text);
  EXPECT_EQ(found.number, full.number);
  EXPECT_EQ(found.number_as_typed, full.number_as_typed);
  EXPECT_EQ(found.patient, full.patient);
  EXPECT_EQ(found.patient_name, full.patient_name);
  EXPECT_EQ(found.context, full.context);
  EXPECT_EQ(found.user, full.user);
  EXPECT_EQ(found.timezone, full.timezone);
  EXPECT_EQ(found.category, full.category);
  EXPECT_EQ(found.priority, full.priority);
  EXPECT_EQ(found.created_at, full.created_at);
  EXPECT_EQ(found.expires_at, full.expires_at);
  EXPECT_EQ(found.send_after, full.send_after);
  EXPECT_EQ(found.appointment_at, full.appointment_at);
  EXPECT_EQ(found.expects_reply_until, full.expects_reply_until);
  EXPECT_EQ(found.encoding, full.encoding);
  EXPECT_EQ(found.segments, full.segments);
}

TEST_F(Messages, WhatWasLeftOutStaysNothing) {
  const auto stored = record_message(a_message());
  const auto found = find_message(connection, stored.key)->message;
  EXPECT_FALSE(found.client_ref || found.batch || found.batch_row || found.retry_of || found.patient);
  EXPECT_FALSE(found.send_after || found.appointment_at || found.expects_reply_until || found.user);
  EXPECT_EQ(found.priority, message::Priority::normal);
}

TEST_F(Messages, ProgressIsSavedWhole) {
  const auto stored = record_message(a_message());
  message::Progress progress = a_progress(State::uncertain);
  progress.status = message::Status::failed;
  progress.window_over = true;
  progress.error_code = "uncertain";
  progress.error = "Not known whether it arrived";
  progress.sent_at = at(3);
  progress.delivered_at = at(4);
  progress.confirmation = "person";
  progress.next_attempt_at = at(5);
  progress.sim = "8944-1";
  progress.concat_reference = 255;
  progress.updated_at = at(6);
  progress.change_seq = 42;
  save_progress(transaction, stored.key, progress);
  const auto found = find_message(connection, stored.key)->progress;
  EXPECT_EQ(found.state, progress.state);
  EXPECT_EQ(found.status, progress.status);
  EXPECT_TRUE(found.window_over);
  EXPECT_EQ(found.error_code, progress.error_code);
  EXPECT_EQ(found.error, progress.error);
  EXPECT_EQ(found.sent_at, progress.sent_at);
  EXPECT_EQ(found.delivered_at, progress.delivered_at);
  EXPECT_EQ(found.confirmation, progress.confirmation);
  EXPECT_EQ(found.next_attempt_at, progress.next_attempt_at);
  EXPECT_EQ(found.sim, progress.sim);
  EXPECT_EQ(found.concat_reference, progress.concat_reference);
  EXPECT_EQ(found.updated_at, progress.updated_at);
  EXPECT_EQ(found.change_seq, 42);
}

TEST_F(Messages, EveryStateHasItsPlaceInTheRecord) {
  const auto stored = record_message(a_message());
  for (const State state : message::all_states) {
    set_state(stored.key, state);
    save_part(transaction, part(stored.key, state));
    EXPECT_EQ(find_message(connection, stored.key)->progress.state, state);
    EXPECT_EQ(parts_of(connection, stored.key).front().standing.state, state);
  }
}

TEST_F(Messages, AnIdOfAnotherRecordOrOfNothingIsNotFound) {
  const auto stored = record_message(a_message());
  EXPECT_TRUE(find_message(connection, stored.id));
  for (const std::string& id : {std::string("ZZZZZZ-1"), record.epoch() + "-2", record.epoch() + "-B1",
                                record.epoch() + "-01", record.epoch() + "-1 ", record.epoch() + "--1", record.epoch(),
                                record.epoch() + "-", std::string(), record.epoch() + "-99999999999999999999"}) {
    EXPECT_FALSE(find_message(connection, id)) << id;
  }
}

TEST_F(Messages, AClientRefIsUniquePerClientAndFoundWithItsDigest) {
  auto message = a_message();
  message.client_ref = "r";
  const auto stored = insert_message(transaction, message, a_progress(), "digest-r");
  EXPECT_EQ(find_message_ref(connection, "clinic", "r")->key, stored.key);
  EXPECT_EQ(find_message_ref(connection, "clinic", "r")->digest, "digest-r");
  EXPECT_FALSE(find_message_ref(connection, "other", "r"));
  EXPECT_THROW(insert_message(transaction, message, a_progress(), "x"), Failure);
  message.client = "other";
  EXPECT_NO_THROW(insert_message(transaction, message, a_progress(), "x"));
  EXPECT_NO_THROW(insert_message(transaction, a_message(), a_progress(), "x"));
  EXPECT_NO_THROW(insert_message(transaction, a_message(), a_progress(), "x"));
}

TEST_F(Messages, ConcatenationReferencesOfOneNumberFollowEachOther) {
  const auto first = record_message(a_message(1));
  const int start = next_concat_reference(connection, first.number);
  auto progress = a_progress();
  progress.concat_reference = start;
  save_progress(transaction, first.key, progress);
  EXPECT_EQ(next_concat_reference(connection, first.number), (start + 1) % 256);
  EXPECT_NE(next_concat_reference(connection, "+447700900801"), next_concat_reference(connection, "+447700900802"));
}

TEST_F(Parts, AMessageBeginsWithAsManyPartsAsSegmentsInItsOwnState) {
  auto message = a_message();
  message.segments = 3;
  auto progress = a_progress(State::blocked);
  progress.error_code = "opted-out";
  progress.error = "Recipient opted out";
  const auto stored = insert_message(transaction, message, progress, "d");
  const auto parts = parts_of(connection, stored.key);
  ASSERT_EQ(parts.size(), 3U);
  for (int number = 1; number <= 3; ++number) {
    const auto& part = parts[static_cast<std::size_t>(number) - 1];
    EXPECT_EQ(part.message, stored.key);
    EXPECT_EQ(part.number, number);
    EXPECT_EQ(part.standing, (message::Standing{State::blocked, false}));
    EXPECT_EQ(part.error_code, "opted-out");
  }
}

TEST_F(Parts, APartIsSavedWholeAndAlone) {
  auto message = a_message();
  message.segments = 2;
  const auto stored = record_message(message);
  message::Part changed = part(stored.key, State::submitted, 2);
  changed.standing.reported = true;
  changed.tries = 4;
  changed.sim = "8944-1";
  changed.error_code = "e";
  changed.error = "s";
  changed.last_status = 0x30;
  changed.sent_at = at(1);
  changed.delivered_at = at(2);
  changed.next_attempt_at = at(3);
  changed.window_ends_at = at(4);
  changed.window_over = true;
  save_part(transaction, changed);
  const auto parts = parts_of(connection, stored.key);
  EXPECT_EQ(parts[0].standing.state, State::queued);
  EXPECT_EQ(parts[1].standing, (message::Standing{State::submitted, true}));
  EXPECT_EQ(parts[1].tries, 4);
  EXPECT_EQ(parts[1].sim, "8944-1");
  EXPECT_EQ(parts[1].error_code, "e");
  EXPECT_EQ(parts[1].error, "s");
  EXPECT_EQ(parts[1].last_status, 0x30);
  EXPECT_EQ(parts[1].sent_at, at(1));
  EXPECT_EQ(parts[1].delivered_at, at(2));
  EXPECT_EQ(parts[1].next_attempt_at, at(3));
  EXPECT_EQ(parts[1].window_ends_at, at(4));
  EXPECT_TRUE(parts[1].window_over);
}

TEST_F(Parts, OnAirAreThoseThatACrashInterrupted) {
  const auto one = record_message(a_message(1)), two = record_message(a_message(2));
  save_part(transaction, part(two.key, State::sending));
  const auto parts = parts_on_air(connection);
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts.front().message, two.key);
  EXPECT_NE(one.key, two.key);
}

class Windows : public Desk {
 protected:
  message::Key window(State state, const std::string& sim, std::optional<base::Time> ends, bool over = false) {
    const auto stored = record_message(a_message());
    message::Part changed = part(stored.key, state);
    changed.sim = sim;
    changed.window_ends_at = ends;
    changed.window_over = over;
    save_part(transaction, changed);
    return stored.key;
  }

  std::vector<message::Key> keys(const std::vector<message::Part>& parts) {
    std::vector<message::Key> found;
    for (const auto& part : parts) found.push_back(part.message);
    return found;
  }
};

TEST_F(Windows, PastOnesAreSubmittedOrUncertainOfThisSimEarliestFirst) {
  const auto late = window(State::submitted, "a", at(20));
  const auto early = window(State::uncertain, "a", at(10));
  window(State::submitted, "a", at(31));
  window(State::submitted, "a", std::nullopt);
  window(State::submitted, "b", at(10));
  window(State::uncertain, "a", at(5), true);
  window(State::delivered, "a", at(5));
  const auto exact = window(State::submitted, "a", at(30));
  EXPECT_EQ(keys(parts_past_window(connection, "a", at(30), 10)), (std::vector{early, late, exact}));
  EXPECT_EQ(keys(parts_past_window(connection, "a", at(30), 1)), (std::vector{early}));
  EXPECT_TRUE(parts_past_window(connection, "a", at(9), 10).empty());
}

TEST_F(Windows, UncertainOnesThatEndLaterOrNeverCanBeShortened) {
  const auto later = window(State::uncertain, "a", at(50));
  const auto never = window(State::uncertain, "a", std::nullopt);
  const auto early = window(State::uncertain, "a", at(10)), elsewhere = window(State::uncertain, "b", at(50)),
             certain = window(State::submitted, "a", at(50));
  shorten_uncertain_windows(transaction, "a", at(20));
  const auto ends = [&](message::Key key) { return parts_of(connection, key).at(0).window_ends_at; };
  EXPECT_EQ(ends(later), at(20));
  EXPECT_EQ(ends(never), at(20));
  EXPECT_EQ(ends(early), at(10));
  EXPECT_EQ(ends(elsewhere), at(50));
  EXPECT_EQ(ends(certain), at(50));
}

TEST_F(Windows, OpenOnesOfASimArePostponedTogether) {
  const auto submitted = window(State::submitted, "a", at(20)), uncertain = window(State::uncertain, "a", at(30)),
             over = window(State::uncertain, "a", at(10), true), elsewhere = window(State::submitted, "b", at(20)),
             endless = window(State::submitted, "a", std::nullopt);
  postpone_windows(transaction, "a", std::chrono::seconds{5});
  const auto ends = [&](message::Key key) { return parts_of(connection, key).at(0).window_ends_at; };
  EXPECT_EQ(ends(submitted), at(20) + std::chrono::seconds{5});
  EXPECT_EQ(ends(uncertain), at(30) + std::chrono::seconds{5});
  EXPECT_EQ(ends(over), at(10));
  EXPECT_EQ(ends(elsewhere), at(20));
  EXPECT_FALSE(ends(endless));
}

TEST_F(Windows, ListeningIsNotedBySim) {
  EXPECT_FALSE(listened_until(connection, "a"));
  note_listened(transaction, "a", at(1));
  note_listened(transaction, "a", at(2));
  EXPECT_EQ(listened_until(connection, "a"), at(2));
  EXPECT_FALSE(listened_until(connection, "b"));
}

TEST_F(Waiting, QueuedRetryingAndHalfSentComeInOrderOfKeyAfterAKey) {
  auto two_parts = a_message();
  two_parts.segments = 2;
  two_parts.priority = message::Priority::urgent;
  const auto queued = record_message(a_message(1)), retrying = record_message(a_message(2));
  const auto half = record_message(two_parts), on_air = record_message(two_parts), done = record_message(a_message(5));
  set_state(retrying.key, State::retrying);
  auto tried = part(retrying.key, State::retrying);
  tried.next_attempt_at = at(500);
  tried.sim = "bad";
  save_part(transaction, tried);
  set_state(half.key, State::sending);
  save_part(transaction, part(half.key, State::submitted));
  auto progress = find_message(connection, half.key)->progress;
  progress.sim = "8944-1";
  save_progress(transaction, half.key, progress);
  set_state(on_air.key, State::sending);
  save_part(transaction, part(on_air.key, State::sending));
  set_state(done.key, State::delivered);

  auto jobs = queued_messages(connection, 0, 10).jobs;
  ASSERT_EQ(jobs.size(), 1U);
  for (const auto& job : begun_messages(connection, 0, 10).jobs) jobs.push_back(job);
  ASSERT_EQ(jobs.size(), 3U);
  EXPECT_EQ(jobs[0].message, queued.key);
  EXPECT_EQ(jobs[0].ready_at, queued.created_at);
  EXPECT_EQ(jobs[0].expires_at, queued.expires_at);
  EXPECT_EQ(jobs[0].burst, 0);
  EXPECT_EQ(jobs[1].message, retrying.key);
  EXPECT_EQ(jobs[1].ready_at, at(500));
  EXPECT_EQ(jobs[1].avoid, "bad");
  EXPECT_EQ(jobs[2].message, half.key);
  EXPECT_EQ(jobs[2].sim, "8944-1");
  EXPECT_EQ(jobs[2].priority, message::Priority::urgent);
  EXPECT_EQ(queued_messages(connection, 0, 1).next, queued.key);
  EXPECT_TRUE(queued_messages(connection, queued.key, 1).jobs.empty());
  EXPECT_EQ(begun_messages(connection, retrying.key, 1).jobs.at(0).message, half.key);
  EXPECT_TRUE(begun_messages(connection, half.key, 10).jobs.empty());
}

TEST_F(Waiting, SendAfterAndTheBurstAreTakenAlong) {
  auto message = a_message();
  message.send_after = at(900);
  message.batch = insert_batch(transaction, a_batch(), {}).key;
  record_message(message);
  EXPECT_EQ(queued_messages(connection, 0, 1).jobs.at(0).ready_at, at(900));
  EXPECT_EQ(queued_messages(connection, 0, 1).jobs.at(0).burst, *message.batch);
}

TEST_F(Waiting, WhatIsReadOfAQueuedMessageIsWhatItsPartsSay) {
  auto two_parts = a_full_message();
  two_parts.segments = 2;
  two_parts.batch = insert_batch(transaction, a_batch(), {}).key;
  two_parts.priority = message::Priority::urgent;
  const auto message = record_message(two_parts);
  auto again = part(message.key, State::queued);
  again.next_attempt_at = message.created_at + std::chrono::hours{7};
  save_part(transaction, again);
  auto progress = find_message(connection, message.key)->progress;
  progress.sim = "8944-1";
  save_progress(transaction, message.key, progress);
  const auto read = queued_messages(connection, 0, 10).jobs.at(0);
  const auto said = message::remaining_job(find_message(connection, message.key)->message, progress,
                                           parts_of(connection, message.key))
                        .value();
  const auto all = [](const message::Job& job) {
    return std::tuple(job.message, job.burst, job.priority, job.ready_at, job.expires_at, job.sim, job.avoid,
                      job.number, job.category, job.segments, job.recipient);
  };
  EXPECT_EQ(all(read), all(said));
}

TEST_F(Waiting, StrandedIsWhatIsHalfSentSinceItsFirstPartWasHandedOver) {
  auto two_parts = a_message();
  two_parts.segments = 2;
  const auto half = record_message(two_parts), on_air = record_message(two_parts), unsure = record_message(two_parts),
             whole = record_message(two_parts);
  for (const auto& message : {half, on_air, whole}) set_state(message.key, State::sending);
  set_state(unsure.key, State::uncertain);
  for (const auto& message : {half, on_air, whole}) save_part(transaction, part(message.key, State::submitted));
  save_part(transaction, part(unsure.key, State::uncertain));
  save_part(transaction, part(on_air.key, State::sending, 2));
  save_part(transaction, part(whole.key, State::submitted, 2));
  for (const auto& message : {half, on_air, unsure, whole}) {
    auto attempt = an_attempt(message.key);
    attempt.started_at = at(100);
    attempt.result = message.key == unsure.key ? "unknown" : "accepted";
    insert_attempt(transaction, attempt);
  }
  EXPECT_EQ(stranded_messages(connection, at(101)), (std::vector{half.key, unsure.key}));
  EXPECT_TRUE(stranded_messages(connection, at(100)).empty());
}

TEST_F(Waiting, DepthCountsAndTheOldestPending) {
  EXPECT_FALSE(queue_depth(connection).oldest_pending_at);
  for (int i = 1; i <= 6; ++i) record_message(a_message(i));
  set_state(1, State::delivered);
  set_state(2, State::retrying);
  set_state(3, State::sending);
  set_state(4, State::submitted);
  const auto depth = queue_depth(connection);
  EXPECT_EQ(depth.waiting, 3);
  EXPECT_EQ(depth.sending, 1);
  EXPECT_EQ(depth.submitted, 1);
  EXPECT_EQ(depth.oldest_pending_at, at(2));
}

}  // namespace
}  // namespace burstd::store::test
