// A message as it was accepted (never changes), and where it stands now (changes with every event). The
// clinical item that the clinic sees is made of these two. Parts are the segments that go on the air.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "message/state.hpp"

namespace burstd::message {

using Key = std::int64_t;  // a message's place in the record, counted from 1; never reused

enum class Priority : std::uint8_t { normal, urgent };

struct Message {
  Key key = 0;
  std::string id;      // public, names the record's epoch and the key
  std::string client;  // client name, by peer credentials
  std::optional<std::string> client_ref;
  std::optional<std::int64_t> batch;  // key of the burst
  std::optional<int> batch_row;       // from 1
  std::optional<std::string> retry_of;
  std::string text;
  std::string number;  // E.164; empty when what was typed is no number
  std::string number_as_typed;
  std::optional<std::string> patient, patient_name, context, user, timezone;
  std::string category;
  Priority priority = Priority::normal;
  base::Time created_at;
  base::Time expires_at;
  std::optional<base::Time> send_after, appointment_at, expects_reply_until;
  std::string encoding;  // "gsm7" or "ucs2"
  int segments = 1;
  std::optional<base::Time> removed_at;  // of the text, which is empty since then
};

struct Progress {
  State state = State::queued;
  Status status = Status::pending;
  bool window_over = false;
  std::optional<std::string> error_code, error;
  std::optional<base::Time> sent_at;        // the network took the last part
  std::optional<base::Time> delivered_at;   // by the report of the last part
  std::optional<std::string> confirmation;  // "report", "network" or "person"
  std::optional<base::Time> next_attempt_at;
  std::optional<std::string> sim;  // the parts stay on this one once something left
  std::optional<int> concat_reference;
  base::Time updated_at;
  std::int64_t change_seq = 0;
};

struct Part {
  Key message = 0;
  int number = 1;  // from 1
  Standing standing;
  int tries = 0;
  std::optional<std::string> sim;
  std::optional<std::string> error_code, error;
  std::optional<int> last_status;  // TP-ST of the last report, also a temporary one
  std::optional<base::Time> sent_at, delivered_at, next_attempt_at;
  std::optional<base::Time> window_ends_at;
  bool window_over = false;
};

}  // namespace burstd::message
