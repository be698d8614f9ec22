// The tables `message` and `part`: what was accepted and where it stands. All functions run on a store
// thread, inside the transaction or snapshot they are given. Only gateway::Ledger writes here.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "message/job.hpp"
#include "message/message.hpp"
#include "store/connection.hpp"
#include "store/held.hpp"

namespace burstd::store {

struct Record {
  message::Message message;
  message::Progress progress;
};

// What is known of an earlier request with the same client_ref.
struct Claimed {
  message::Key key;
  std::string digest;  // of the request's content
};

// Assigns key and id (both ignored on input), writes the message, its progress and `segments` parts in the
// standing of the progress. Returns the stored message.
message::Message insert_message(Transaction& transaction, message::Message message, const message::Progress& progress,
                                const std::string& digest);

// The same for one that can never be sent: it has a single part, however long its text is.
message::Message insert_stillborn(Transaction& transaction, message::Message message, const message::Progress& progress,
                                  const std::string& digest);

std::optional<Record> find_message(const Connection& connection, message::Key key);
std::optional<Record> find_message(const Connection& connection, const std::string& id);
// The id of the message that was sent again for this one.
std::optional<std::string> resent_as(const Connection& connection, const std::string& id);
std::optional<Claimed> find_message_ref(const Connection& connection, const std::string& client,
                                        const std::string& client_ref);

// The numbers of all messages that end with these digits.
std::vector<std::string> numbers_ending(const Connection& connection, const std::string& digits);

void save_progress(Transaction& transaction, message::Key key, const message::Progress& progress);

std::vector<message::Part> parts_of(const Connection& connection, message::Key key);
void save_part(Transaction& transaction, const message::Part& part);

struct Filter {
  std::optional<std::string> patient, number, number_as_typed, batch, category, client_ref, client;
  std::optional<message::Status> status;
  std::vector<message::State> states;         // empty: all
  std::optional<Held> held;                   // of the queued ones only these …
  bool but_held = false;                      // … or all but these
  std::optional<base::Time> from, to;         // created_at, from ≤ t < to
  std::optional<message::Key> before;         // the cursor: only keys below it
  std::optional<std::int64_t> changed_after;  // then by change_seq, oldest change first; status and states are empty
  std::size_t limit = 100;
};

struct Page {
  std::vector<Record> items;
  bool more = false;
};

Page list_messages(const Connection& connection, const Filter& filter);

// For recovery: a page of what waits to be sent, in order of key.
struct Waiting {
  std::vector<message::Job> jobs;
  std::optional<message::Key> next;  // where the next page goes on; nothing: this was the last
};

// Of which nothing was tried or has left.
Waiting queued_messages(const Connection& connection, message::Key after, std::size_t limit);

// Retrying, or half sent.
Waiting begun_messages(const Connection& connection, message::Key after, std::size_t limit);

// Parts in state `sending`: what a crash interrupted.
std::vector<message::Part> parts_on_air(const Connection& connection);

// Parts over this SIM whose window has ended by `now` (submitted, or uncertain and not yet window_over).
std::vector<message::Part> parts_past_window(const Connection& connection, const std::string& sim, base::Time now,
                                             std::size_t limit);

// Messages half sent (something waits) of which something was handed over before `before`, in the last sending of it.
std::vector<message::Key> stranded_messages(const Connection& connection, base::Time before);

// Messages in state `uncertain` that have not expired, and that nobody has sent again.
std::vector<message::Key> doubtful_messages(const Connection& connection, base::Time now);

// The 8-bit concatenation reference for the next message of several parts to this number: one more than the
// last one used for it, else a number that differs between recipients. Two long messages never mix on a phone.
int next_concat_reference(const Connection& connection, const std::string& number);

struct Count {
  std::string word;  // a state or a status
  std::int64_t number;
};

struct Depth {
  std::int64_t waiting = 0;  // queued and retrying
  std::int64_t sending = 0;
  std::int64_t submitted = 0;
  std::optional<base::Time> oldest_pending_at;
};

Depth queue_depth(const Connection& connection);

// Segments of the messages that wait or are on the air: what is promised of a quota already. By the first of the
// prefixes that fits the number, counted from 1; 0: none. And those of them that may go by then.
std::map<int, std::int64_t> waiting_segments(const Connection& connection, const std::vector<std::string>& prefixes);
std::int64_t due_segments(const Connection& connection, base::Time by);

// What waits of one burst, or is on the air.
struct Queued {
  std::string number;
  int segments = 0;
  base::Time expires_at;
};
std::vector<Queued> queued_of_batch(const Connection& connection, std::int64_t batch);

// `but`: a burst that is left out.
std::set<std::string> waiting_numbers(const Connection& connection, std::optional<std::int64_t> but);
std::vector<Count> count_by_state(const Connection& connection, const std::string& batch_id);
std::int64_t count_held(const Connection& connection, const std::string& batch_id, const Held& held);
std::vector<Count> count_by_status(const Connection& connection, const std::string& batch_id);

}  // namespace burstd::store
