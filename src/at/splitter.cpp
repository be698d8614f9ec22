#include "at/splitter.hpp"

#include <utility>

#include "at/text.hpp"
#include "base/utf8.hpp"

namespace burstd::at {

namespace {

// Control octets, DEL and the 0xFF of an idle or disturbed line; never part of an answer.
bool is_noise(char octet) {
  const auto value = static_cast<unsigned char>(octet);
  return value < 0x20 || value == 0x7F || value == 0xFF;
}

// Names of networks come in whatever the stick's maker thought of. Only here: from now on a line can be shown, stored
// and sent to clients as it is.
std::string as_utf8(std::string line) {
  if (base::is_utf8(line)) return line;
  std::u32string points;
  for (const char octet : line) points += static_cast<unsigned char>(octet);
  return base::to_utf8(points);
}

}  // namespace

void Splitter::feed(std::string_view octets) {
  x_input.erase(0, x_position);
  x_position = 0;
  x_input += octets;
}

std::optional<Token> Splitter::next(bool prompt_due) {
  while (x_position < x_input.size()) {
    if (auto token = take(x_input[x_position++], prompt_due)) return token;
  }
  return std::nullopt;
}

std::optional<Token> Splitter::take(char octet, bool prompt_due) {
  if (octet == '\r' || octet == '\n') return end_line();
  if (is_noise(octet)) return std::nullopt;
  if (x_skipping) {
    if (++x_skipped % longest != 0) return std::nullopt;
    return Overlong{};
  }
  if (x_line.empty() && octet == ' ') return std::nullopt;
  if (x_line.empty() && octet == '>' && prompt_due) return Prompt{};
  x_line.push_back(octet);
  if (x_line.size() <= longest) return std::nullopt;
  x_line.clear();
  x_skipping = true;
  x_skipped = 0;
  return Overlong{};
}

std::optional<Token> Splitter::end_line() {
  x_skipping = false;
  std::string line = std::exchange(x_line, {});
  while (!line.empty() && line.back() == ' ') line.pop_back();
  if (line.empty()) return std::nullopt;
  return Line{as_utf8(std::move(line))};
}

void Splitter::drop_prompt() {
  if (x_line.find_first_not_of("> ") == std::string::npos) x_line.clear();
}

}  // namespace burstd::at
