#include "number/number.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "number/typed.hpp"

namespace burstd::number {
namespace {

constexpr std::size_t most_digits = 15;   // E.164
constexpr std::size_t fewest_digits = 7;  // with the country code; the shortest in use

Kind kind_of(Use use) {
  if (use == Use::mobile) return Kind::mobile;
  return use == Use::fixed ? Kind::fixed : Kind::unknown;
}

bool fits(const Range& range, std::string_view national) {
  return national.size() >= range.shortest && national.size() <= range.longest;
}

// The range with the longest prefix among those whose length fits, else among all; nothing where no prefix does. In
// Ireland 18 begins both a Dublin number of eight digits and a free-phone number of ten.
const Range* find_range(const Plan& plan, std::string_view national) {
  const Range* best = nullptr;
  for (const Range& range : plan.ranges) {
    if (!national.starts_with(range.prefix)) continue;
    const bool better = best == nullptr || std::pair(fits(range, national), range.prefix.size()) >
                                               std::pair(fits(*best, national), best->prefix.size());
    if (better) best = &range;
  }
  return best;
}

base::Error wrong_length(bool is_short) {
  return not_valid(is_short ? "it has too few digits" : "it has too many digits");
}

base::Result<Number> judge(const Plan& plan, std::string_view national) {
  const Range* range = find_range(plan, national);
  if (range != nullptr && range->use == Use::premium) return not_valid("it is a premium-rate number");
  if (range != nullptr && range->use == Use::service) return not_valid("it is a service number, not a person's phone");
  if (range == nullptr && national.starts_with('0')) return not_valid("it has a 0 too many before the area code");
  const std::size_t shortest = range == nullptr ? plan.shortest : range->shortest;
  const std::size_t longest = range == nullptr ? plan.longest : range->longest;
  if (national.size() < shortest) return wrong_length(true);
  if (national.size() > longest || plan.country_code.size() + national.size() > most_digits) return wrong_length(false);
  std::string e164 = "+" + std::string(plan.country_code) + std::string(national);
  return Number{std::move(e164), range == nullptr ? Kind::unknown : kind_of(range->use)};
}

bool is_mobile(const base::Result<Number>& number) { return number && number->kind == Kind::mobile; }

// The plan that knows most about the number: of several countries with one code the one with a range for it.
const Plan* plan_for(std::string_view digits, const Plan& home) {
  const Plan* found = digits.starts_with(home.country_code) ? &home : nullptr;
  for (const Plan& plan : plans()) {
    if (!digits.starts_with(plan.country_code)) continue;
    const bool longer = found == nullptr || plan.country_code.size() > found->country_code.size();
    const bool knows_more = found != nullptr && plan.country_code == found->country_code &&
                            find_range(*found, digits.substr(found->country_code.size())) == nullptr &&
                            find_range(plan, digits.substr(plan.country_code.size())) != nullptr;
    if (longer || knows_more) found = &plan;
  }
  return found;
}

base::Result<Number> without_plan(std::string_view digits) {
  if (digits.size() < fewest_digits) return wrong_length(true);
  if (digits.size() > most_digits) return wrong_length(false);
  return Number{"+" + std::string(digits), Kind::unknown};
}

std::string joined(std::string_view before, std::string_view between, std::string_view after) {
  std::string whole(before);
  whole.append(between).append(after);
  return whole;
}

// Argentina writes a mobile as area code, 15, number at home, and as 9, area code, number for the world. Area codes
// have two digits (only 11, Buenos Aires), three or four; with the number they are ten.
std::string without_mark(const Plan& plan, std::string_view national) {
  const std::string_view mark = plan.mobile_mark;
  if (mark.empty() || national.size() != plan.shortest + mark.size()) return std::string(national);
  for (const std::size_t area : {2U, 3U, 4U}) {
    if (national.substr(area, mark.size()) != mark || (area == 2 && !national.starts_with("11"))) continue;
    return joined("9", national.substr(0, area), national.substr(area + mark.size()));
  }
  return std::string(national);
}

// "+41 (0)79 …" and "+41 079 …": the trunk prefix is written by habit and does not belong there. Where the country has
// no trunk prefix a bracketed zero may belong to the number, unless it is a mobile's without.
base::Result<Number> after_country(const Plan& plan, std::string_view typed, bool bracketed_zero) {
  const std::string national = without_mark(plan, typed);
  const bool has_trunk = !plan.trunks.empty();
  auto as_typed = judge(plan, national);
  if (bracketed_zero && !has_trunk && !is_mobile(as_typed)) return judge(plan, joined("0", "", national));
  if (as_typed && !national.starts_with('0')) return as_typed;
  if (has_trunk && plan.trunks.front() == "0" && national.starts_with('0'))
    return judge(plan, without_mark(plan, national.substr(1)));
  return as_typed;
}

base::Result<Number> international(const Typed& typed, std::string_view digits, const Plan& home) {
  if (digits.empty()) return not_valid("it has too few digits");
  if (digits.front() == '0')
    return not_valid("after the international prefix comes a country code, which begins with no 0");
  const Plan* plan = plan_for(digits, home);
  if (plan == nullptr) return without_plan(digits);
  return after_country(*plan, digits.substr(plan->country_code.size()), typed.bracketed_zero.has_value());
}

std::optional<std::string_view> after_any(std::string_view digits, std::span<const std::string_view> prefixes) {
  for (const std::string_view prefix : prefixes) {
    if (digits.starts_with(prefix)) return digits.substr(prefix.size());
  }
  return std::nullopt;
}

// Whether a number without trunk prefix may stand for a whole national one: where local numbers are shorter than any
// national one, nothing else can be meant.
bool is_whole_without_trunk(const Plan& plan) {
  constexpr std::uint8_t longest_local = 8;
  return plan.trunks.front().front() != '0' || plan.shortest > longest_local;
}

// Written as at home. Without its trunk prefix a number counts only where nothing else can be meant: spreadsheets drop
// a leading zero, and some people leave out the plus sign.
base::Result<Number> national(std::string_view digits, const Plan& home) {
  if (home.trunks.empty()) {
    auto whole = judge(home, digits);
    if (whole || !digits.starts_with(home.country_code)) return whole;
    auto with_code = judge(home, digits.substr(home.country_code.size()));
    return with_code ? with_code : whole;
  }
  if (const auto rest = after_any(digits, home.trunks)) {
    auto with_trunk = judge(home, without_mark(home, *rest));
    if (with_trunk || digits.front() == '0') return with_trunk;
  }
  auto bare = judge(home, without_mark(home, digits));
  if (is_mobile(bare) || (bare && is_whole_without_trunk(home))) return bare;
  if (digits.starts_with(home.country_code)) {
    auto with_code = judge(home, digits.substr(home.country_code.size()));
    if (is_mobile(with_code)) return with_code;
  }
  return bare ? base::Result<Number>(not_valid("the area code is missing")) : bare;
}

}  // namespace

base::Result<Number> parse(std::string_view typed, const Plan& home) {
  const auto read = read_typed(typed);
  if (!read) return read.error();
  if (read->plus) return international(*read, without_bracketed_zero(*read), home);
  const std::string abroad = without_bracketed_zero(*read);
  if (const auto rest = after_any(abroad, home.international)) return international(*read, *rest, home);
  return national(read->digits, home);
}

}  // namespace burstd::number
