#include "ctl/line/help_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace burstd::ctl {

namespace {

constexpr std::size_t width = 100;
constexpr std::size_t column = 28;
constexpr const char* local = "Without the gateway";  // the group of commands that ask no gateway

// Words that go on below themselves where the line is full.
std::string line_of(const std::string& name, std::string_view words) {
  std::string page = "  " + name;
  if (page.size() + 2 > column)
    page += "\n" + std::string(column, ' ');
  else
    page.resize(column, ' ');
  std::size_t filled = column;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    if (filled > column && filled + 1 + word.size() > width) {
      page += "\n" + std::string(column, ' ');
      filled = column;
    }
    page.append(filled > column ? " " : "").append(word);
    filled += word.size() + 1;
    words.remove_prefix(std::min(word.size() + 1, words.size()));
  }
  return page + "\n";
}

// In its place nothing of what must be given is.
bool stands_for_another(const CLI::Option* option) {
  const auto& others = option->get_excludes();
  const auto is_required = [](const CLI::Option* other) { return other->get_required(); };
  return !option->get_required() && std::ranges::any_of(others, is_required);
}

std::string joined(const std::set<CLI::Option*>& options) {
  std::vector<std::string> names;
  for (const CLI::Option* option : options) names.push_back(option->get_name());
  std::ranges::sort(names);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string words_of(const CLI::Option& option) {
  std::string words = option.get_description();
  if (!option.get_needs().empty()) words += " (only with " + joined(option.get_needs()) + ")";
  if (!option.get_excludes().empty()) words += " (not with " + joined(option.get_excludes()) + ")";
  return words;
}

std::string value_of(const CLI::Option& option) {
  std::string text = option.get_option_text();
  text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

std::string ends_of(const CLI::App* app) {
  return asks_the_gateway(*app) ? "Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 gateway not reachable.\n"
                                : "Exit status: 0 done, 1 refused or failed, 2 wrong usage.\n";
}

}  // namespace

bool asks_the_gateway(const CLI::App& command) {
  for (const CLI::App* app = &command; app != nullptr; app = app->get_parent()) {
    if (app->get_group() == local) return false;
  }
  return true;
}

std::string HelpPage::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const {
  const auto options_of = [&](bool general) {
    return app->get_options([general](const CLI::Option* option) {
      const bool is_hidden = option->get_group().empty();
      return option->nonpositional() && !is_hidden && (option->get_group() == everywhere) == general;
    });
  };
  const auto own = options_of(false), general = options_of(true);
  const auto arguments = app->get_options([](const CLI::Option* option) { return option->get_positional(); });
  std::string page = name + ": " + app->get_description() + "\n\n" + make_usage(app, name);
  if (!arguments.empty()) page += make_group("Arguments", true, arguments);
  if (!own.empty()) page += make_group("Options", false, own);
  page += make_subcommands(app, mode);
  std::string words = app->get_footer();
  words.resize(words.find_last_not_of('\n') + 1);
  if (!words.empty()) page += "\n" + words + "\n";
  if (!general.empty()) page += make_group(everywhere, false, general);
  return page + "\n" + ends_of(app);
}

// What must be given is named; the rest is [OPTIONS].
std::string HelpPage::make_usage(const CLI::App* app, std::string name) const {
  std::string line = "Usage: " + name;
  for (const CLI::Option* option : app->get_options()) {
    if (option->nonpositional() && option->get_required())
      line += fmt::format(" {} {}", option->get_name(), value_of(*option));
  }
  line += " [OPTIONS]";
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_positional()) line += " " + make_option_usage(option);
  }
  const auto is_named = [](const CLI::App* command) { return !command->get_name().empty(); };
  if (!app->get_subcommands(is_named).empty())
    line += app->get_require_subcommand_min() == 0 ? " [COMMAND]" : " COMMAND";
  for (const CLI::Option* option : app->get_options(stands_for_another))
    line += "\n       " + name + " " + option->get_name() + " [OPTIONS]";
  return line + "\n";
}

std::string HelpPage::make_option(const CLI::Option* option, bool is_positional) const {
  std::string name = make_option_name(option, is_positional);
  if (!is_positional && !value_of(*option).empty()) name += " " + value_of(*option);
  const bool is_marked = !is_positional && option->get_required();
  return line_of(name, words_of(*option) + (is_marked ? " (required)" : ""));
}

// Groups are for the first page; below it there are few commands.
std::string HelpPage::make_subcommands(const CLI::App* app, CLI::AppFormatMode /*mode*/) const {
  std::vector<std::pair<std::string, std::string>> groups;  // heading and lines, as they first come
  for (const CLI::App* command : app->get_subcommands(nullptr)) {
    const std::string heading = app->get_parent() == nullptr ? command->get_group() : "Commands";
    auto group = std::ranges::find(groups, heading, &std::pair<std::string, std::string>::first);
    if (group == groups.end()) group = groups.insert(groups.end(), {heading, ""});
    group->second += line_of(command->get_name(), command->get_description());
  }
  std::string page;
  for (const auto& [heading, lines] : groups) page += "\n" + heading + ":\n" + lines;
  return page;
}

}  // namespace burstd::ctl
