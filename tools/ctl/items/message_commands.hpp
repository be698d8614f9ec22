// burstctl check, send, cancel, resend, resolve, note: one message.
// Called by command_line. Never sends twice: each message carries a reference, made here when none is given.
#pragma once

#include <optional>
#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct Message {
  std::string to;
  std::optional<std::string> text;  // nothing: standard input
  std::string patient, patient_name, category, client_ref, context, user;
  std::string appointment_at, send_after, expires_at;  // as typed
  bool urgent = false;
  bool wait = false;
};

// Exit::refused when the gateway would not send it.
Exit check_message(const Session& session, const Message& message);

// Exit::refused when it was refused, or ended in Send Failed.
Exit send_message(const Session& session, const Message& message);

struct Withdrawal {
  std::string id, user, reason;
};

Exit cancel_message(const Session& session, const Withdrawal& withdrawal);

struct Resending {
  std::string id, user, client_ref;
  bool accept_duplicate = false;  // the patient may get it twice
  bool wait = false;
};

// Exit::refused when it was refused, or ended in Send Failed.
Exit resend_message(const Session& session, const Resending& resending);

// What somebody has done about a message, such as phoning.
struct Remark {
  std::string id, user;
  std::optional<std::string> text;  // nothing: standard input
};

Exit note_message(const Session& session, const Remark& remark);

// What a person knows of a message in doubt.
struct Word {
  std::string id;
  bool sent = false, not_sent = false;  // one of them
  std::string user, reason;
};

Exit resolve_message(const Session& session, const Word& word);

}  // namespace burstd::ctl
