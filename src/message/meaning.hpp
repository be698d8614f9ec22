// Which of the messages to a number its answer may mean. No guess: where several patients or appointments could be
// meant the answer is ambiguous, and a person decides. Pure; the receiver asks it once for each reply, so that what is
// sent afterwards never changes what was answered.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "message/message.hpp"

namespace burstd::message {

// A message of which something has left, or may have.
struct Earlier {
  Key message = 0;
  std::string patient;  // whom it is about: the reference, else the name, else nothing
  std::optional<base::Time> appointment_at, expects_reply_until;
  base::Time expires_at, left_at;
};

struct Heard {
  base::Time received_at;                       // by us
  std::optional<base::Time> service_centre_at;  // earlier, where it waited in a modem while nobody listened
};

struct Meaning {
  std::vector<Key> matches;  // newest first
  bool ambiguous = false;
  bool in_window = false;
};

// An answer is awaited until the time the caller has said, else until the appointment, else for as long as the message
// may be delivered. Only messages that still await one match; where none does, those of the last 30 days.
// `earlier` has the newest first.
Meaning meaning_of(const std::vector<Earlier>& earlier, const Heard& heard);

}  // namespace burstd::message
