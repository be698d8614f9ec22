#include "sim/command.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "sim/habits.hpp"
#include "sim/profile.hpp"
#include "sim/rules.hpp"

namespace burstd::sim {

namespace {

char upper(char letter) { return static_cast<char>(std::toupper(static_cast<unsigned char>(letter))); }

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_basic(char letter) { return letter == '&' || std::isalpha(static_cast<unsigned char>(letter)) != 0; }

// Up to the semicolon that stands in no quotation marks.
std::size_t extended_end(std::string_view commands) {
  bool quoted = false;
  for (std::size_t place = 0; place < commands.size(); ++place) {
    if (commands[place] == '"') quoted = !quoted;
    if (commands[place] == ';' && !quoted) return place;
  }
  return commands.size();
}

std::size_t basic_end(std::string_view commands) {
  std::size_t end = commands.front() == '&' ? 2 : 1;
  while (end < commands.size() && is_digit(commands[end])) ++end;
  return std::min(end, commands.size());
}

Request read_request(std::string_view text) {
  if (text.empty()) return {};
  if (text == "?") return {Request::Form::read, {}};
  if (text == "=?") return {Request::Form::test, {}};
  return {Request::Form::set, text.front() == '=' ? text.substr(1) : text};
}

const Command* find(std::span<const Command> table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Command::name);
  return found == table.end() ? nullptr : &*found;
}

Outcome run_basic(Modem& modem, std::string_view text) {
  const std::size_t letters = text.front() == '&' ? 2 : 1;
  const auto* command = find(basic_commands(), upper_case(text.substr(0, letters)));
  if (command == nullptr) return unknown();
  return command->act(modem, Request{Request::Form::execute, text.substr(std::min(letters, text.size()))});
}

Outcome run_extended(Modem& modem, std::string_view text) {
  const auto cut = std::min(text.find_first_of("=?"), text.size());
  const std::string name = upper_case(text.substr(0, cut));
  for (const auto table : {identity_commands(), card_commands(), message_commands(), ussd_commands()}) {
    const auto* command = find(table, name);
    if (command != nullptr) return command->act(modem, read_request(text.substr(cut)));
  }
  // 27.007, 9.2.1: an unknown command is answered by the plain ERROR; some makes have words of their own.
  return unknown();
}

}  // namespace

std::size_t find_command(std::string_view line) {
  constexpr std::string_view prefix = "AT";
  const auto same = [](char left, char right) { return upper(left) == right; };
  const auto* found = std::search(line.begin(), line.end(), prefix.begin(), prefix.end(), same);
  return found == line.end() ? std::string_view::npos : static_cast<std::size_t>(found - line.begin());
}

Outcome run_commands(Modem& modem, std::string_view commands) {
  Outcome outcome;
  while (!commands.empty() && outcome.good()) {
    const char first = commands.front();
    if (first == ' ' || first == ';') {
      commands.remove_prefix(1);
      continue;
    }
    const bool basic = is_basic(first);
    const auto end = basic ? basic_end(commands) : extended_end(commands);
    const auto text = commands.substr(0, end);
    commands.remove_prefix(end);
    const auto habit = by_profile(modem, text);
    outcome = habit ? *habit : basic ? run_basic(modem, text) : run_extended(modem, text);
  }
  return outcome;
}

std::vector<std::string_view> split(std::string_view arguments) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto cut = arguments.find(',');
    auto part = arguments.substr(0, cut);
    if (part.size() >= 2 && part.front() == '"' && part.back() == '"') part = part.substr(1, part.size() - 2);
    parts.push_back(part);
    if (cut == std::string_view::npos) return parts;
    arguments.remove_prefix(cut + 1);
  }
}

std::optional<std::vector<int>> numbers(std::string_view arguments) {
  std::vector<int> values;
  for (const auto part : split(arguments)) {
    const auto value = part.empty() ? std::optional<int>(-1) : read_number(part);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

}  // namespace burstd::sim
