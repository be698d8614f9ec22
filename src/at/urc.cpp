#include "at/urc.hpp"

#include <algorithm>
#include <cctype>

#include "at/reply.hpp"
#include "at/text.hpp"

namespace burstd::at {

namespace {

constexpr std::size_t longest_answer = 1024;  // of a service code
constexpr std::size_t shortest_body = 24;     // digits of the shortest PDU when the head names no length

struct Slot {
  std::string memory;
  int index;
};

std::optional<Slot> slot_of(std::string_view line) {
  const auto found = fields(line);
  if (found.size() != 2) return std::nullopt;
  const auto index = number(found[1].text);
  if (!index) return std::nullopt;
  return Slot{found[0].text, *index};
}

std::size_t quotes_in(std::string_view line) {
  return static_cast<std::size_t>(std::count(line.begin(), line.end(), '"'));
}

// "+CDS: 24", "^RSSI: 4". In the text of a service answer a "+" stands before a telephone number.
bool is_line_of_its_own(std::string_view line) {
  const bool marked = line.size() > 1 && (line.front() == '+' || line.front() == '^');
  return marked && std::isalpha(static_cast<unsigned char>(line[1])) != 0 && line.find(':') != std::string_view::npos;
}

// <m>[,<str>,<dcs>]; the text may hold commas and, with careless modems, quotes.
std::optional<ServiceAnswer> service_answer(std::string_view line) {
  const std::string_view rest = after_prefix(line);
  const auto status = number(rest.substr(0, rest.find(',')));
  if (!status) return std::nullopt;
  ServiceAnswer answer{*status, {}, std::nullopt};
  const std::size_t open = rest.find('"');
  const std::size_t close = rest.rfind('"');
  if (open == std::string_view::npos || close == open) return answer;
  answer.text = std::string(rest.substr(open + 1, close - open - 1));
  const std::string_view tail = rest.substr(close + 1);
  if (const std::size_t comma = tail.find(','); comma != std::string_view::npos)
    answer.coding = number(trimmed(tail.substr(comma + 1)));
  return answer;
}

std::optional<Head::Kind> kind_of(std::string_view line) {
  if (starts(line, "+CDS:")) return Head::Kind::report;
  if (starts(line, "+CMT:")) return Head::Kind::deliver;
  if (starts(line, "+CBM:")) return Head::Kind::broadcast;
  return std::nullopt;
}

}  // namespace

Event event_of(std::string_view line) {
  if (starts(line, "+CMTI:")) {
    if (auto slot = slot_of(line)) return StoredMessage{std::move(slot->memory), slot->index};
  } else if (starts(line, "+CDSI:")) {
    if (auto slot = slot_of(line)) return StoredReport{std::move(slot->memory), slot->index};
  } else if (starts(line, "+CREG:") || starts(line, "+CEREG:") || starts(line, "+CGREG:")) {
    if (const auto stat = registration(line)) return Registration{*stat};
  } else if (starts(line, "+CUSD:")) {
    if (auto answer = service_answer(line)) return std::move(*answer);
  } else if (starts(line, "+CMGS:")) {
    return LateReference{submit_reference(line)};
  } else if (starts(line, "+CMS ERROR")) {
    if (auto failure = failure_of(line)) return LateFailure{std::move(*failure)};
  }
  return Other{std::string(line)};
}

std::optional<Head> head_of(std::string_view line) {
  if (starts(line, "+CUSD:") && quotes_in(line) == 1) return Head{Head::Kind::service, 0, std::string(line)};
  const auto kind = kind_of(line);
  if (!kind) return std::nullopt;
  const auto found = fields(line);
  const auto length = number(found.back().text);
  const bool pdu_mode =
      length && !found.back().quoted && found.size() <= 2 && (found.size() == 1 || !number(found.front().text));
  if (pdu_mode) {
    const auto digits = static_cast<std::size_t>(*length) * 2;
    return Head{*kind, digits == 0 ? shortest_body : digits, std::string(line)};
  }
  if (*kind == Head::Kind::report) return std::nullopt;  // in text mode a report is one line
  return Head{Head::Kind::text, 0, std::string(line)};
}

bool is_body(const Head& head, std::string_view line) {
  if (head.kind == Head::Kind::text) return true;
  if (head.kind == Head::Kind::service) return quotes_in(line) > 0 && !is_line_of_its_own(line);
  return is_hex(line) && line.size() >= head.digits;
}

bool goes_on(const Head& head, std::string_view line) {
  const bool other = same(line, "OK") || failure_of(line) || is_line_of_its_own(line);
  return head.kind == Head::Kind::service && !other && quotes_in(line) == 0 && head.line.size() < longest_answer;
}

Event event_of(const Head& head, std::string_view body) {
  if (head.kind == Head::Kind::service) return event_of(head.line + "\n" + std::string(body));
  // Padding may end within an octet; the PDU itself never does.
  if (head.kind != Head::Kind::text && body.size() % 2 != 0) body.remove_suffix(1);
  switch (head.kind) {
    case Head::Kind::report:
      return StatusReport{std::string(body)};
    case Head::Kind::deliver:
      return Deliver{std::string(body)};
    case Head::Kind::broadcast:
      return Broadcast{std::string(body)};
    case Head::Kind::text:
    case Head::Kind::service:
      break;
  }
  return Other{head.line};
}

}  // namespace burstd::at
