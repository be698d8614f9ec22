// The tables `batch` and `batch_row`: bursts as previewed and as sent. A preview is kept with its rows; a sent
// burst is permanent like its messages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "message/message.hpp"
#include "store/connection.hpp"

namespace burstd::store {

struct Batch {
  std::int64_t key = 0;
  std::string id;
  std::string client;
  std::optional<std::string> client_ref, name, template_name, user, timezone;
  std::string digest;  // of the request's content
  std::string category;
  std::string state;  // "preview", "queued", "cancelled"
  base::Time created_at;
  base::Time preview_until;
  std::optional<base::Time> send_after, messages_expire_at;
  std::optional<std::string> selection;  // of the accepted send, canonical, for repeats
};

struct BatchLine {
  int row = 1;  // from 1, in the order given
  std::optional<std::string> patient, patient_name, client_ref, exclude;
  std::string typed;   // the number as typed
  std::string number;  // E.164 or empty
  std::string text;    // rendered
  std::string encoding;
  int segments = 0;
  std::optional<base::Time> appointment_at;
  std::string verdict;               // "ok" or the reason
  std::vector<std::string> missing;  // placeholders without a value
  std::vector<std::string> flags;
  bool selected = true;                 // by default
  std::optional<message::Key> message;  // once sent
  std::optional<std::string> message_id;
  std::optional<std::string> earlier_item;
  std::optional<std::string> earlier_status;  // as it now is; only read
};

// Assigns key and id.
Batch insert_batch(Transaction& transaction, Batch batch, const std::vector<BatchLine>& lines);
std::optional<Batch> find_batch(const Connection& connection, const std::string& id);
std::optional<Batch> find_batch(const Connection& connection, std::int64_t key);

// Only a preview that is neither cancelled nor expired by `now`, or a burst that was sent, holds its ref.
std::optional<Batch> find_batch_ref(const Connection& connection, const std::string& client,
                                    const std::string& client_ref, base::Time now);
bool is_cancelled(const Connection& connection, std::int64_t batch);
void save_batch(Transaction& transaction, const Batch& batch);  // state and selection

std::vector<BatchLine> batch_lines(const Connection& connection, std::int64_t batch, int after_row, std::size_t limit);
void link_line(Transaction& transaction, std::int64_t batch, int row, message::Key message);
void set_line_verdict(Transaction& transaction, std::int64_t batch, int row, const std::string& verdict);

struct BatchTotals {
  int rows = 0, selected = 0;  // selected by default
  int segments = 0;            // of these, or of what was really sent
};
BatchTotals batch_totals(const Connection& connection, std::int64_t batch);

// Newest first, below `before`.
std::vector<Batch> list_batches(const Connection& connection, std::optional<std::int64_t> before, std::size_t limit);

// An item of the last 24 hours for the same patient and appointment, or the same number and text (by id).
struct Likeness {
  std::string number, text;
  std::optional<std::string> patient;
  std::optional<base::Time> appointment_at;
  base::Time since;
};
std::optional<std::string> find_alike(const Connection& connection, const Likeness& likeness);

// Keys of the burst's messages, for cancelling it.
std::vector<message::Key> messages_of_batch(const Connection& connection, std::int64_t batch);

}  // namespace burstd::store
