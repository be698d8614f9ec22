#include "sim/terminal.hpp"

#include <array>
#include <utility>

namespace burstd::sim {

namespace {

// 27.007, 9.2: the words of AT+CMEE=2, for the codes this program uses.
constexpr std::array<std::pair<int, std::string_view>, 9> words{{{3, "operation not allowed"},
                                                                 {4, "operation not supported"},
                                                                 {10, "SIM not inserted"},
                                                                 {11, "SIM PIN required"},
                                                                 {12, "SIM PUK required"},
                                                                 {16, "incorrect password"},
                                                                 {21, "invalid index"},
                                                                 {50, "incorrect parameters"},
                                                                 {100, "unknown"}}};

std::string in_words(int code) {
  for (const auto& [known, text] : words) {
    if (known == code) return std::string(text);
  }
  return "unknown";
}

}  // namespace

void Terminal::raw(std::string_view octets) {
  if (heard()) x_wire.write(octets);
}

void Terminal::echo(std::string_view octets) {
  if (manner.echo) raw(octets);
}

void Terminal::info(std::string_view text) {
  std::string line = manner.verbose ? "\r\n" : "";
  line.append(text).append("\r\n");
  raw(line);
}

void Terminal::tell(std::string_view text) {
  std::string line = manner.verbose ? line_end : "";
  line.append(text).append(line_end);
  raw(line);
}

void Terminal::finish(Outcome outcome) {
  if (manner.quiet || outcome.kind == Outcome::Kind::pending || outcome.kind == Outcome::Kind::told) return;
  const std::string text = verdict(outcome);
  const bool numeric = !manner.verbose && (outcome.good() || outcome.kind == Outcome::Kind::error ||
                                           outcome.kind == Outcome::Kind::unknown || manner.cmee == 0);
  raw(numeric && outcome.kind != Outcome::Kind::cms ? text + "\r" : "\r\n" + text + "\r\n");
}

std::string Terminal::verdict(Outcome outcome) const {
  const bool plain = outcome.kind == Outcome::Kind::error || (outcome.kind == Outcome::Kind::cme && manner.cmee == 0);
  if (outcome.kind == Outcome::Kind::unknown) return manner.verbose ? unknown_result : "4";
  if (outcome.good()) return manner.verbose ? "OK" : "0";
  if (plain) return manner.verbose ? "ERROR" : "4";
  if (outcome.kind == Outcome::Kind::cms) return "+CMS ERROR: " + std::to_string(outcome.code);
  return "+CME ERROR: " + (manner.cmee == 2 ? in_words(outcome.code) : std::to_string(outcome.code));
}

}  // namespace burstd::sim
