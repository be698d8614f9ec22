// What a modem says unasked (27.005 3.4, 27.007 7.2): lines, and lines with a PDU behind them, to events.
// Used by Dialogue and, as values, by modem. PDUs stay opaque text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "at/failure.hpp"

namespace burstd::at {

struct StatusReport {  // +CDS
  std::string pdu;
};
struct Deliver {  // +CMT
  std::string pdu;
};
struct Broadcast {  // +CBM
  std::string pdu;
};
struct StoredMessage {  // +CMTI
  std::string memory;
  int index;
};
struct StoredReport {  // +CDSI
  std::string memory;
  int index;
};
struct Registration {  // +CREG, +CEREG, +CGREG
  int stat;
};
// A +CMGS or +CMS ERROR that no command in flight asked for: the verdict of an earlier submission.
struct LateReference {
  std::optional<int> reference;
};
struct LateFailure {
  Failure failure;
};
// +CUSD (27.007 7.15): what the network answers to a service code. `text` as it stands between the quotes, in what form
// tells `coding` (23.038, clause 5); nothing: not said.
struct ServiceAnswer {
  int status;
  std::string text;
  std::optional<int> coding;
};
struct Other {
  std::string line;
};

using Event = std::variant<StatusReport, Deliver, Broadcast, StoredMessage, StoredReport, Registration, ServiceAnswer,
                           LateReference, LateFailure, Other>;

// An event that is one line.
Event event_of(std::string_view line);

// The first line of an event whose next line is its body, or belongs to its text.
struct Head {
  enum class Kind : std::uint8_t {
    report,
    deliver,
    broadcast,
    text,     // a text-mode head: a body of free text follows, which must never be read as an answer
    service,  // +CUSD whose text goes on in the next lines
  };
  Kind kind;
  std::size_t digits;  // the body has at least so many hexadecimal digits
  std::string line;
};

// "+CDS: 24", "+CDS:24", "+CDS: ,24", "+CMT: ,24", "+CMT: \"alpha\",24", "+CBM: 88".
std::optional<Head> head_of(std::string_view line);

bool is_body(const Head& head, std::string_view line);

// Whether the quote that the head of a service answer opened is still open after `line`.
bool goes_on(const Head& head, std::string_view line);
Event event_of(const Head& head, std::string_view body);

}  // namespace burstd::at
