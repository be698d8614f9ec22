// What a refusal, or a report that the service centre has given up, means for a message: try again and when, give up,
// or admit not to know. Pure; the error tables that yield Blame and Patience are in at/, the names of TP-Status are in
// pdu/.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>

#include "base/blame.hpp"
#include "base/patience.hpp"
#include "base/time.hpp"
#include "message/state.hpp"

namespace burstd::message {

struct Refusal {
  base::Blame blame;
  std::optional<base::Patience> patience;  // nothing: that of the blame
  bool before_air;                         // proven: nothing left
  int tries;                               // attempts made so far, this one included
  base::Time now;
  base::Time expires_at;  // of the message
};

struct Decision {
  Event event;
  std::optional<base::Time> next_attempt_at;
};

Decision decide(const Refusal& refusal);

// The pauses between the tries, one fewer than tries: at most five within two hours, where a code says nothing else.
std::span<const std::chrono::seconds> pauses(base::Patience patience);

// What the receptionist reads of a part that is given up: the refusal's sentence without its promise of another try,
// and why there is none.
std::string last_words(const std::string& sentence, const Refusal& refusal);

// A part of which the last word was a final TP-Status.
struct Undelivered {
  int status;
  int repeats;  // times that the message was sent again because of such a word
  base::Time now;
  base::Time expires_at;
  bool another_sim = false;  // is there, and may take it
};

// When the whole message may be sent once more because the service centre has stopped for a passing cause, or for one
// that may be this SIM's alone (then over another one, once); nothing: it has failed.
std::optional<base::Time> repeat_at(const Undelivered& undelivered);

}  // namespace burstd::message
