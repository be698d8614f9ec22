// A country's numbering plan as data: how numbers are dialled at home and abroad, and which of them can be mobiles.
// parse() in number.hpp reads by it. A new country is a row in plans.cpp, never code.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace burstd::number {

enum class Kind : std::uint8_t { mobile, fixed, unknown };

// "mobile", "fixed", "unknown".
std::string_view name(Kind kind);

// What numbers with this beginning are. `premium` and `service` (free-phone, shared cost, short services) are refused.
enum class Use : std::uint8_t { mobile, fixed, premium, service, unknown };

// National significant numbers (without trunk prefix) that begin with `prefix`. Of the rows whose length fits, the one
// with the longest prefix counts.
struct Range {
  std::string_view prefix;
  std::uint8_t shortest;  // digits of the whole national significant number
  std::uint8_t longest;
  Use use;
};

struct Plan {
  std::string_view country;       // ISO 3166-1 alpha-2
  std::string_view country_code;  // of ITU E.164, "41"
  std::uint8_t shortest;          // digits of any national significant number
  std::uint8_t longest;
  std::span<const std::string_view> trunks;  // prefixes dialled at home, "0"; none where numbers are always whole
  std::span<const std::string_view> international;  // prefixes dialled for abroad, "00"
  std::span<const Range> ranges;
  std::string_view mobile_mark = {};  // what stands at home between area code and number of a mobile (Argentina, "15")
};

std::span<const Plan> plans();

// By ISO code in either case; nothing where the table has no such country.
const Plan* find_plan(std::string_view country);

}  // namespace burstd::number
