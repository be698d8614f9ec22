// A burst judged before anything of it is sent: each row's text, number, segments, verdict, flags and whether it is
// selected by default. Pure: what the record knows is added by with_known(). The same functions judge a single
// message and, at sending, every row again.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "burst/recipient.hpp"
#include "burst/verdict.hpp"
#include "number/plan.hpp"
#include "pdu/segment.hpp"

namespace burstd::burst {

struct Rules {
  const number::Plan* plan = nullptr;  // of the clinic's country; never null
  pdu::Alphabets alphabets;            // that texts may be written with besides the default alphabet and UCS-2
  int most_segments = 10;
  base::Milliseconds expiry{std::chrono::hours{24}};
  base::Milliseconds appointment_margin{std::chrono::minutes{60}};
  std::vector<std::string> confidential_words;
};

// When messages go: what the caller said of the whole burst, and what is known of the queue.
struct Timing {
  base::Time now;
  std::optional<base::Time> send_after, expires_at;
  base::Milliseconds backlog{0};                    // what waits before
  std::optional<base::Milliseconds> per_segment{};  // nothing: not known

  // When something may next go by the hours of its category, from then on; nothing: never. None at all: at any hour.
  std::function<std::optional<base::Time>(base::Time)> opening{};
};

// A text and a number, looked at together.
struct Looked {
  std::string number;       // E.164; empty when it is none
  std::string number_kind;  // "mobile", "fixed", "unknown"; empty without a number
  std::string encoding;     // "gsm7" or "ucs2"
  int segments = 0;         // 0: longer than can be counted
  int units_used = 0, units_left = 0;
  Verdict verdict = Verdict::ok;
};

// `text` is valid UTF-8. The number's fault goes before the text's.
Looked look(const std::string& to, const std::string& text, const Rules& rules);

// The same where there is no number yet.
Looked look_at_text(const std::string& text, const Rules& rules);

// What warns of a text and its number by themselves, without other rows and the record.
std::vector<Flag> flags_of(const Looked& looked, const std::string& text, const Rules& rules);

// When a message expires: what the caller said; else the appointment less the margin; else a day (Rules::expiry)
// after it may first be sent.
base::Time expiry_of(const Timing& timing, const std::optional<base::Time>& appointment_at, const Rules& rules);

// The same for a row of a burst, where an appointment goes before a later expiry of the burst.
base::Time row_expiry_of(const Timing& timing, const std::optional<base::Time>& appointment_at, const Rules& rules);

struct Judged {
  int row = 1;  // from 1, in the order given
  std::string text;
  Looked looked;
  Verdict verdict = Verdict::ok;
  std::vector<Flag> flags;
  std::vector<std::string> missing;  // placeholders without a value
  bool selected = true;
  base::Time expires_at;
  std::optional<std::string> earlier_item;
};

struct Request {
  const std::vector<Recipient>& recipients;
  const Template& text;
  const Timing& timing;
};

std::vector<Judged> preview(const Request& request, const Rules& rules);

// What the record knows of a row.
struct Known {
  bool opted_out = false;
  bool accepted = false;  // the row's client_ref is taken
  std::optional<std::string> earlier_item;
};

Judged with_known(Judged judged, const Known& known);

}  // namespace burstd::burst
