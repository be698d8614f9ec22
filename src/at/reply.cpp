#include "at/reply.hpp"

#include <algorithm>

#include "at/errors.hpp"
#include "at/text.hpp"

namespace burstd::at {

namespace {

constexpr std::size_t error_prefix = std::string_view("+CMS ERROR").size();

std::optional<int> field_number(const std::vector<Field>& found, std::size_t index) {
  if (index >= found.size()) return std::nullopt;
  return number(found[index].text);
}

std::string without_filler(std::string_view text) {
  while (!text.empty() && (text.back() == 'F' || text.back() == 'f')) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

std::optional<Failure> failure_of(std::string_view line) {
  if (same(line, "ERROR") || starts(line, "COMMAND NOT SUPPORT"))
    return Failure{Failure::Kind::error, -1, std::string(line)};
  const bool cms = starts(line, "+CMS ERROR");
  if (!cms && !starts(line, "+CME ERROR")) return std::nullopt;
  const auto kind = cms ? Failure::Kind::cms : Failure::Kind::cme;
  std::string_view rest = trimmed(line.substr(error_prefix));
  if (!rest.empty() && rest.front() == ':') rest = trimmed(rest.substr(1));
  if (const auto code = number(rest)) return Failure{kind, *code, std::string(line)};
  if (const auto code = code_of_words(kind, rest)) return Failure{kind, *code, std::string(line)};
  return Failure{Failure::Kind::error, -1, std::string(line)};
}

std::optional<int> submit_reference(std::string_view line) {
  if (!starts(line, "+CMGS:")) return std::nullopt;
  const auto reference = field_number(fields(line), 0);
  return reference && *reference <= 255 ? reference : std::nullopt;
}

std::optional<int> registration(std::string_view line) {
  const auto found = fields(line);
  const bool with_mode = found.size() >= 2 && !found[1].quoted && number(found[1].text);
  return field_number(found, with_mode ? 1 : 0);
}

bool can_send(int stat) { return stat == 1 || stat == 5 || stat == 6 || stat == 7 || stat == 9 || stat == 10; }

std::optional<int> signal_strength(std::string_view line) {
  const auto strength = field_number(fields(line), 0);
  return strength && *strength <= 31 ? strength : std::nullopt;
}

std::string operator_name(std::string_view line) {
  const auto found = fields(line);
  return found.size() >= 3 ? found[2].text : std::string();
}

SimLock sim_lock(std::string_view line) {
  const std::string state = fields(line).front().text;
  if (same(state, "READY")) return SimLock::ready;
  if (same(state, "SIM PIN")) return SimLock::pin;
  if (same(state, "SIM PUK")) return SimLock::puk;
  // The second PIN guards nothing that short messages need.
  if (same(state, "SIM PIN2") || same(state, "SIM PUK2")) return SimLock::ready;
  return SimLock::other;
}

std::string report_route(std::string_view line) {
  std::string route;
  for (const Field& field : fields(line)) route += (route.empty() ? "" : ",") + field.text;
  return route;
}

bool same_route(std::string_view left, std::string_view right) {
  const auto ours = fields(left);
  const auto theirs = fields(right);
  if (ours.size() < 4 || theirs.size() < 4) return false;
  return std::equal(ours.begin(), ours.begin() + 4, theirs.begin(),
                    [](const Field& a, const Field& b) { return a.text == b.text; });
}

std::optional<int> message_service(std::string_view line) {
  const auto found = fields(line);
  return field_number(found, found.size() > 4 ? 1 : 0);
}

std::string words_of(const std::vector<std::string>& lines) {
  std::string words;
  for (const std::string& line : lines) {
    std::string_view text = line.front() == '+' ? after_prefix(line) : trimmed(line);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    words += (words.empty() ? "" : " ") + std::string(text);
  }
  return words;
}

std::string digits_of(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    const std::string digits = without_filler(fields(line).front().text);
    if (is_digits(digits)) return digits;
  }
  return {};
}

std::vector<Stored> stored(const std::vector<std::string>& lines) {
  std::vector<Stored> found;
  for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
    const bool listed = starts(lines[at], "+CMGL:");
    if ((!listed && !starts(lines[at], "+CMGR:")) || !is_hex(lines[at + 1])) continue;
    const auto head = fields(lines[at]);
    const int index = listed ? field_number(head, 0).value_or(-1) : -1;
    found.push_back(Stored{index, field_number(head, listed ? 1 : 0).value_or(-1), lines[at + 1]});
  }
  return found;
}

}  // namespace burstd::at
