// A real record in a temporary folder, and messages, attempts and bursts to put into it. Used by the tests of
// the store room.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/attempts.hpp"
#include "store/batches.hpp"
#include "store/history.hpp"
#include "store/messages.hpp"
#include "store/record.hpp"
#include "store/verify.hpp"

namespace burstd::store::test {

inline base::Time at(std::int64_t seconds) { return base::from_millis(1'790'000'000'000 + seconds * 1000); }

inline Verification verify_history(const Connection& connection) {
  return verify_chain(connection, [] { return true; }).value();
}

inline std::filesystem::path make_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "burstd-store-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return name;
}

class Folder {
 public:
  Folder() {
    x_options.folder = make_folder();
    x_options.ballast = 0;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(x_options.folder); }

  const Options& options() const { return x_options; }
  std::filesystem::path path() const { return x_options.folder; }
  std::filesystem::path file() const { return x_options.folder / "burstd.db"; }

 private:
  Options x_options;
};

inline message::Message a_message(int number = 1) {
  message::Message message;
  message.client = "clinic";
  message.text = "Your appointment is at 9:30. ✓ " + std::to_string(number);
  message.number = "+4477009001" + std::to_string(10 + number % 90);
  message.number_as_typed = "07700 9001" + std::to_string(10 + number % 90);
  message.category = "reminder";
  message.created_at = at(number);
  message.expires_at = at(number + 86400);
  message.encoding = "ucs2";
  return message;
}

inline message::Progress a_progress(message::State state = message::State::queued) {
  message::Progress progress;
  progress.state = state;
  progress.status = message::status_of(state, false, {});
  progress.updated_at = at(0);
  return progress;
}

inline Change a_change(message::Key message, const std::string& event = "recorded") {
  Change change;
  change.at = at(message);
  change.kind = "item";
  change.message = message;
  change.event = event;
  change.to = "queued";
  return change;
}

inline Attempt an_attempt(message::Key message, int part = 1) {
  Attempt attempt;
  attempt.message = message;
  attempt.part = part;
  attempt.modem = "left";
  attempt.sim = "8944-1";
  attempt.started_at = at(100);
  attempt.result = "open";
  return attempt;
}

inline Report a_report(const std::string& pdu = "0006D60B") {
  Report report;
  report.modem = "left";
  report.sim = "8944-1";
  report.pdu = pdu;
  report.recipient = "+447700900111";
  report.reference = 7;
  report.received_at = at(200);
  return report;
}

inline Batch a_batch() {
  Batch batch;
  batch.client = "clinic";
  batch.digest = "d1";
  batch.category = "reminder";
  batch.state = "preview";
  batch.created_at = at(0);
  batch.preview_until = at(3600);
  return batch;
}

inline BatchLine a_line(int row) {
  BatchLine line;
  line.row = row;
  line.typed = "07700 900111";
  line.number = "+447700900111";
  line.text = "Hello";
  line.encoding = "gsm7";
  line.segments = 2;
  line.verdict = "ok";
  return line;
}

// An open record inside one long transaction that is never committed: for what needs no threads.
class Desk : public ::testing::Test {
 protected:
  Desk() : record(folder.options()), connection(record.connection()), transaction(connection) {
    connection.execute("BEGIN IMMEDIATE");
  }

  // Recorded as the ledger does it: the message, its first row of history, its change number.
  message::Message record_message(const message::Message& message, const message::Progress& progress = a_progress()) {
    auto numbered = progress;
    numbered.change_seq = last_seq(connection) + 1;
    auto stored = insert_message(transaction, message, numbered, "digest");
    append_history(transaction, a_change(stored.key));
    return stored;
  }

  void set_state(message::Key key, message::State state) {
    auto progress = find_message(connection, key)->progress;
    progress.state = state;
    progress.status = message::status_of(state, progress.window_over, {});
    save_progress(transaction, key, progress);
  }

  message::Part part(message::Key key, message::State state, int number = 1) {
    auto found = parts_of(connection, key).at(static_cast<std::size_t>(number) - 1);
    found.standing.state = state;
    return found;
  }

  Folder folder;
  RecordFile record;
  const Connection& connection;
  Transaction transaction;
};

}  // namespace burstd::store::test
