#include "at/reply.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "at/errors.hpp"
#include "at/text.hpp"

namespace burstd::at {

namespace {

constexpr std::size_t error_prefix = std::string_view("+CMS ERROR").size();

// Of a number: the upper half of an octet.
constexpr int least_type = 128, most_type = 255, international = 145;

std::optional<int> field_number(const std::vector<Field>& found, std::size_t index) {
  if (index >= found.size()) return std::nullopt;
  return number(found[index].text);
}

std::string without_filler(std::string_view text) {
  while (!text.empty() && (text.back() == 'F' || text.back() == 'f')) text.remove_suffix(1);
  return std::string(text);
}

// "(0-3),(0,1),2" cut at the commas outside of brackets, without the brackets.
std::vector<std::string_view> groups(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const bool bracketed = text.front() == '(';
    const std::size_t end = std::min(text.find(bracketed ? ')' : ','), text.size());
    found.push_back(text.substr(bracketed ? 1 : 0, end - (bracketed ? 1 : 0)));
    text.remove_prefix(bracketed ? std::min(text.find(',', end), text.size()) : end);
    if (!text.empty()) text = trimmed(text.substr(1));
  }
  return found;
}

// Whether "0,1" or "0-3" holds the value. A list that cannot be read forbids nothing.
bool lists_value(std::string_view list, std::string_view value) {
  const auto wanted = number(value);
  if (!wanted || list.empty()) return true;
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    const std::size_t dash = item.find('-');
    const auto from = number(item.substr(0, dash));
    const auto to = dash == std::string_view::npos ? from : number(item.substr(dash + 1));
    if (!from || !to || (*wanted >= *from && *wanted <= *to)) return true;
    list.remove_prefix(std::min(item.size() + 1, list.size()));
  }
  return false;
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

// "26/11/28,08:00:00+04": local time, and its offset in quarters of an hour. Some tell the year in four digits.
std::optional<base::Time> network_time(std::string_view line) {
  constexpr std::size_t length = 20;
  constexpr int in_an_hour = 4;
  constexpr char century = '7';  // "80/01/06" is the clock of a modem that was never told the time
  std::string told = fields(line).front().text;
  if (told.size() == length + 2) told.erase(0, 2);
  const auto quarters = told.size() == length ? number(std::string_view(told).substr(length - 2)) : std::nullopt;
  if (!quarters || told.find_first_of("+-") != length - 3) return std::nullopt;
  if (told.front() >= century) return std::nullopt;
  const auto two = [](int value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
  const std::string offset = told[length - 3] + two(*quarters / in_an_hour) + ":" + two(*quarters % in_an_hour * 15);
  const auto time = base::from_rfc3339("20" + told.substr(0, 2) + "-" + told.substr(3, 2) + "-" + told.substr(6, 2) +
                                       "T" + told.substr(9, 8) + offset);
  return time ? std::optional{*time} : std::nullopt;
}

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

bool offers_route(std::string_view line, std::string_view route) {
  const std::vector<std::string_view> lists = groups(after_prefix(line));
  const auto wanted = fields(route);
  for (std::size_t at = 0; at < wanted.size() && at < lists.size(); ++at) {
    if (!lists_value(lists[at], wanted[at].text)) return false;
  }
  return true;
}

int report_kind(std::string_view route) { return field_number(fields(route), 3).value_or(-1); }

bool same_reports(std::string_view left, std::string_view right) {
  const auto ours = field_number(fields(left), 3);
  return ours && ours == field_number(fields(right), 3);
}

std::vector<std::string> memories(std::string_view line) {
  std::string_view text = after_prefix(line);
  const std::size_t open = text.find_first_not_of("( ");
  const bool bracketed = open != std::string_view::npos && open > 0;
  text.remove_prefix(std::min(open, text.size()));
  if (bracketed) text = text.substr(0, text.find(')'));
  std::vector<std::string> names;
  for (const Field& field : fields(text)) {
    const bool name = field.text.size() == 2 && std::isalpha(static_cast<unsigned char>(field.text.front())) != 0;
    if (name) names.push_back(field.text);
  }
  return names;
}

std::vector<MemoryUse> memory_use(std::string_view line) {
  const auto found = fields(line);
  std::vector<MemoryUse> uses;
  std::string name;
  for (std::size_t at = 0; at < found.size(); ++at) {
    const auto used = number(found[at].text);
    if (!used) {
      name = found[at].text;
      continue;
    }
    const auto total = field_number(found, at + 1);
    if (!total) continue;
    uses.push_back({std::exchange(name, {}), *used, *total});
    ++at;
  }
  return uses;
}

std::string service_centre(std::string_view line) { return fields(line).front().text; }

// The name before it may be missing, and hold digits: what a type of number (24.008, 10.5.4.7) follows is the number.
std::string own_number(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    const auto found = fields(line);
    for (std::size_t at = 0; at + 1 < found.size(); ++at) {
      const int type = field_number(found, at + 1).value_or(0);
      const std::string digits = found[at].text.substr(found[at].text.starts_with('+') ? 1 : 0);
      if (type < least_type || type > most_type || !is_digits(digits)) continue;
      return type == international || digits != found[at].text ? "+" + digits : digits;
    }
  }
  return {};
}

std::optional<int> number_at(std::string_view line, int field) {
  return field_number(fields(line), static_cast<std::size_t>(field));
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

std::string card_number(const std::vector<std::string>& lines) {
  const std::string digits = digits_of(lines);
  const bool sound = digits.size() >= 18 && digits.size() <= 22 && digits.rfind("89", 0) == 0;
  return sound ? digits : std::string();
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
