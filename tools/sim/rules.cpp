#include "sim/rules.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace burstd::sim {

bool fits(std::string_view pattern, std::string_view number) {
  if (!pattern.starts_with('*')) return pattern == number;
  return number.ends_with(pattern.substr(1));
}

void Rules::refuse(std::string pattern, Refusal refusal, int count) {
  x_refusals.push_back({std::move(pattern), refusal, count == 0 ? -1 : count});
}

void Rules::fail(std::string pattern, std::vector<int> statuses) {
  x_failures.push_back({std::move(pattern), std::move(statuses)});
}

void Rules::silence(std::string pattern) { fail(std::move(pattern), {}); }

void Rules::clear() {
  x_refusals.clear();
  x_failures.clear();
}

std::optional<Refusal> Rules::refusal(std::string_view number) {
  const auto fitting = [&](const Refuse& rule) { return rule.left != 0 && fits(rule.pattern, number); };
  const auto found = std::find_if(x_refusals.rbegin(), x_refusals.rend(), fitting);
  if (found == x_refusals.rend()) return refusal_by_ending(number);
  if (found->left > 0) --found->left;
  return found->refusal;
}

std::vector<int> Rules::statuses(std::string_view number) const {
  const auto fitting = [&](const Fail& rule) { return fits(rule.pattern, number); };
  const auto found = std::find_if(x_failures.rbegin(), x_failures.rend(), fitting);
  return found == x_failures.rend() ? fate(number).reports : found->statuses;
}

// Without an ending that says otherwise a message is delivered.
Fate Rules::fate(std::string_view number) const {
  Fate usual;
  usual.reports = {0};
  return x_knows_numbers ? fate_of(number).value_or(usual) : usual;
}

std::optional<Refusal> Rules::refusal_by_ending(std::string_view number) {
  const Fate known = fate(number);
  if (known.refused == 0) return std::nullopt;
  if (known.once && !x_refused.emplace(number).second) return std::nullopt;
  return Refusal{known.refused, known.sent};
}

std::optional<int> read_number(std::string_view text) {
  const bool hexadecimal = text.starts_with("0x");
  if (hexadecimal) text.remove_prefix(2);
  int value = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, value, hexadecimal ? 16 : 10);
  if (problem != std::errc{} || stopped != end || text.empty()) return std::nullopt;
  return value;
}

base::Result<Counted> read_counted(std::string_view text) {
  const auto cut = text.rfind('x');
  const bool counted = cut != std::string_view::npos && !text.starts_with("0x");
  const auto code = read_number(counted ? text.substr(0, cut) : text);
  const auto count = counted ? read_number(text.substr(cut + 1)) : 0;
  if (!code || !count || *code < 0 || *count < 0) {
    return base::malformed("code-invalid", "\"" + std::string(text) + "\" is no code such as 38 or 38x2 (twice).");
  }
  return Counted{*code, *count};
}

base::Result<std::vector<int>> read_statuses(std::string_view text) {
  std::vector<int> statuses;
  for (std::size_t start = 0; start <= text.size();) {
    const auto end = std::min(text.find(',', start), text.size());
    const auto status = read_number(text.substr(start, end - start));
    if (!status || *status < 0 || *status > 255) {
      return base::malformed("status-invalid",
                             "\"" + std::string(text) + "\" is no list of TP-Status values 0 to 255 such as 48,0.");
    }
    statuses.push_back(*status);
    start = end + 1;
  }
  return statuses;
}

base::Result<Assignment> read_assignment(std::string_view text) {
  const auto cut = text.find('=');
  if (cut == std::string_view::npos || cut == 0) {
    return base::malformed("rule-invalid", "\"" + std::string(text) + "\" has not the form NUMBER=VALUE.");
  }
  return Assignment{std::string(text.substr(0, cut)), std::string(text.substr(cut + 1))};
}

}  // namespace burstd::sim
