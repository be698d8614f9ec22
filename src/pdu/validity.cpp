#include "pdu/validity.hpp"

#include <algorithm>

#include "pdu/semi_octets.hpp"

namespace burstd::pdu {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// One stretch of the relative form: `value` stands for `from` + (value - `first`) steps.
struct Stretch {
  int first;
  int last;
  minutes from;
  minutes step;
};

constexpr minutes a_day{24 * 60};
constexpr std::array<Stretch, 4> stretches{{
    {0, 143, minutes{5}, minutes{5}},
    {144, 167, minutes{12 * 60 + 30}, minutes{30}},
    {168, 196, 2 * a_day, a_day},
    {197, 255, 35 * a_day, 7 * a_day},
}};

minutes relative_length(std::uint8_t value) {
  const auto* stretch = std::find_if(stretches.begin(), stretches.end() - 1,
                                     [value](const Stretch& candidate) { return value <= candidate.last; });
  return stretch->from + (value - stretch->first) * stretch->step;
}

constexpr std::uint8_t continued_bit = 0x80;
constexpr std::uint8_t single_shot_bit = 0x40;

std::optional<seconds> clock_length(const std::uint8_t* digits) {
  return std::chrono::hours{read_two_digits(digits[0])} + minutes{read_two_digits(digits[1])} +
         seconds{read_two_digits(digits[2])};
}

std::optional<seconds> enhanced_length(const EnhancedValidity& validity) {
  const auto& octets = validity.octets;
  std::size_t at = 1;  // the period follows the functionality indicators, which go on while the extension bit is set
  while (at < 4 && (octets[at - 1] & continued_bit) != 0) ++at;
  if ((octets[at - 1] & continued_bit) != 0) return std::nullopt;
  const unsigned format = octets[0] & 7U;
  if (format == 1) return relative_length(octets[at]);
  if (format == 2 && octets[at] != 0) return seconds{octets[at]};
  return format == 3 ? clock_length(&octets[at]) : std::nullopt;
}

}  // namespace

RelativeValidity relative_validity(minutes asked) {
  for (const Stretch& stretch : stretches) {
    const minutes longest = stretch.from + (stretch.last - stretch.first) * stretch.step;
    if (asked > longest) continue;
    const auto beyond = std::max(asked - stretch.from, minutes{0}).count();
    const auto step = stretch.step.count();
    return RelativeValidity{static_cast<std::uint8_t>(stretch.first + (beyond + step - 1) / step)};
  }
  return RelativeValidity{255};
}

std::optional<seconds> duration(const Validity& validity) {
  if (const auto* relative = std::get_if<RelativeValidity>(&validity)) return relative_length(relative->value);
  if (const auto* enhanced = std::get_if<EnhancedValidity>(&validity)) return enhanced_length(*enhanced);
  return std::nullopt;
}

bool is_single_shot(const EnhancedValidity& validity) { return (validity.octets[0] & single_shot_bit) != 0; }

}  // namespace burstd::pdu
