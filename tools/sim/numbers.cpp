#include "sim/numbers.hpp"

#include <algorithm>
#include <array>

namespace burstd::sim {

namespace {

constexpr int timed_out = 332;  // the network did not answer the modem
constexpr int sim_busy = 314;
constexpr int still_trying = 0x30;
constexpr int delivered = 0x00;
constexpr int late = 10;
constexpr std::size_t ending = 4;

struct Row {
  std::string_view ending;
  Fate fate;
};

Fate reported(std::vector<int> statuses) {
  Fate fate;
  fate.reports = std::move(statuses);
  return fate;
}

Fate reported_late() {
  Fate fate = reported({delivered});
  fate.slowness = late;
  return fate;
}

Fate without_verdict(bool sent) {
  Fate fate = reported(sent ? std::vector<int>{delivered} : std::vector<int>{});
  fate.swallowed = true;
  fate.slowness = sent ? late : 1;
  return fate;
}

Fate timed_out_on_air(bool sent) {
  Fate fate = reported(sent ? std::vector<int>{delivered} : std::vector<int>{});
  fate.refused = timed_out;
  fate.sent = sent;
  fate.slowness = sent ? late : 1;
  return fate;
}

Fate refused_once() {
  Fate fate = reported({delivered});
  fate.refused = sim_busy;
  fate.once = true;
  return fate;
}

Fate answered(std::string text) {
  Fate fate = reported({delivered});
  fate.answer = std::move(text);
  return fate;
}

const std::array<Row, 14>& rows() {
  static const std::array all{
      Row{"9801", reported_late()},
      Row{"9802", reported({})},
      Row{"9803", reported({still_trying})},
      Row{"9804", without_verdict(false)},
      Row{"9805", without_verdict(true)},
      Row{"9806", timed_out_on_air(false)},
      Row{"9807", timed_out_on_air(true)},
      Row{"9810", refused_once()},
      Row{"9811", answered("Y")},
      Row{"9812", answered("N")},
      Row{"9813", answered("STOP")},
      Row{"9814", answered("START")},
      Row{"9815", answered("Who is this?")},
      Row{"9816",
          answered("I cannot come on Tuesday because my daughter visits me that day. Is there anything on Thursday "
                   "or Friday, in the afternoon if possible? You can call me from two o'clock on. Many thanks.")},
  };
  return all;
}

// "99" and a TP-Status in hexadecimal, as far as digits can write it. The network goes on trying until it delivers.
Fate by_status(int status) {
  const bool tries_on = status >= 0x20 && status < 0x40;
  return tries_on ? reported({status, delivered}) : reported({status});
}

// "97" and a code of +CMS ERROR, 01 to 99.
std::optional<Fate> by_code(int code) {
  if (code == 0) return std::nullopt;
  Fate fate;
  fate.refused = code;
  return fate;
}

}  // namespace

std::optional<Fate> fate_of(std::string_view number) {
  if (number.size() < ending) return std::nullopt;
  const std::string_view last = number.substr(number.size() - ending);
  if (last.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  const int tens = last[2] - '0', units = last[3] - '0';
  if (last.starts_with("99")) return by_status(tens * 16 + units);
  if (last.starts_with("97")) return by_code(tens * 10 + units);
  const auto* const found = std::ranges::find(rows(), last, &Row::ending);
  return found == rows().end() ? std::nullopt : std::optional(found->fate);
}

}  // namespace burstd::sim
