#include "modem/trace.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

#include "base/hex.hpp"
#include "base/mask.hpp"

namespace burstd::modem {

namespace {

constexpr std::size_t shortest_pdu = 8, shortest_number = 6, longest_number = 23;  // in letters
constexpr std::size_t longest_line = 1000;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_hex(char letter) {
  return is_digit(letter) || (letter >= 'A' && letter <= 'F') || (letter >= 'a' && letter <= 'f');
}

std::size_t run(std::string_view text, bool (*fits)(char)) {
  return static_cast<std::size_t>(std::distance(text.begin(), std::ranges::find_if_not(text, fits)));
}

std::string plain(std::string_view octets) {
  std::string out;
  for (const char letter : octets) {
    const bool prints = letter >= ' ' && letter <= '~';
    out += prints ? std::string(1, letter) : fmt::format("\\x{:02x}", static_cast<unsigned char>(letter));
  }
  return out;
}

}  // namespace

std::string without_secrets(std::string_view line) {
  for (const std::string_view secret : std::array<std::string_view, 3>{"+CPIN=", "+CPWD=", "+CLCK="}) {
    const auto place = line.find(secret);
    if (place != std::string_view::npos) return std::string(line.substr(0, place + secret.size())) + "***";
  }
  return std::string(line);
}

std::string masked(std::string_view line) {
  const std::string open = without_secrets(line);
  std::string out;
  for (std::string_view rest = open; !rest.empty();) {
    const std::size_t hex = run(rest, is_hex), digits = run(rest, is_digit);
    std::size_t taken = 1;
    const bool number = digits == hex && digits <= longest_number;
    if (hex >= shortest_pdu && !number) {
      out += fmt::format("<{} octets>", hex / 2);
      taken = hex;
    } else if (rest.starts_with('"') && open.starts_with("+CUSD")) {
      taken = std::min(rest.find('"', 1), rest.size() - 1) + 1;
      out += "\"…\"";
    } else {
      taken = std::max<std::size_t>(hex, 1);
      out += rest.substr(0, taken);
    }
    rest.remove_prefix(taken);
  }
  return base::without_numbers(out, {.shortest = shortest_number});
}

// Ctrl-Z and ESC end a line of ours as CR does; the prompt is a line without an end.
void Trace::take(std::string& line, char way, std::string_view octets) {
  if (!spdlog::should_log(spdlog::level::debug)) return;
  for (const char octet : octets) {
    const bool ends = octet == '\r' || octet == '\n' || octet == '\x1A' || octet == '\x1B';
    if (!ends) line += octet;
    if ((ends && !line.empty()) || line.size() >= longest_line || line == "> ") {
      tell(line, way);
      line.clear();
    }
  }
}

void Trace::tell(const std::string& line, char way) const {
  const bool open = spdlog::should_log(spdlog::level::trace);
  const std::string words = open ? without_secrets(plain(line)) : masked(plain(line));
  spdlog::log(open ? spdlog::level::trace : spdlog::level::debug, "port {}: {} {}", x_port, way, words);
}

}  // namespace burstd::modem
