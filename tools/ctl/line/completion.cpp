#include "ctl/line/completion.hpp"

#include <fmt/format.h>

#include <array>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace burstd::ctl {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> words_of_options{{
    {"--status", "pending sent failed"},
    {"--state",
     "queued held sending retrying submitted delivered unconfirmed uncertain failed expired blocked cancelled"},
    {"--category", "reminder recall result group direct"},
    {"--direction", "mt mo"},
    {"--kind", "item batch reply opt-out modem quota gateway"},
}};

// {} stand for: the options that take a value, those of few words, the commands by their path, what each offers.
constexpr const char* script = R"(# Bash completion of burstctl, printed by "burstctl completion".
_burstctl() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} path=burstctl words="" at
  for ((at = 1; at < COMP_CWORD; ++at)); do
    case "${{COMP_WORDS[at]}}" in
      {}) ((++at)); continue ;;
    esac
    case "$path ${{COMP_WORDS[at]}}" in
      {}) path+=" ${{COMP_WORDS[at]}}" ;;
    esac
  done
  COMPREPLY=()
  case "$before" in
{}    {}) return ;;
  esac
  case "$path" in
{}  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}}
complete -o default -F _burstctl burstctl
)";

struct Command {
  std::string path;
  std::set<std::string> words;  // commands below it, and options
};

std::string joined(const std::set<std::string>& words, const char* between) {
  return fmt::format("{}", fmt::join(words, between));
}

// Options of a group without a name belong to the command around it.
void collect(const CLI::App& app, Command& command, std::set<std::string>& valued) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      command.words.insert("--" + name);
      if (option->get_items_expected_max() > 0) valued.insert("--" + name);
    }
  }
  for (const CLI::App* below : app.get_subcommands({})) {
    if (below->get_name().empty()) {
      collect(*below, command, valued);
    } else {
      command.words.insert(below->get_name());
    }
  }
}

void walk(const CLI::App& app, const std::string& path, std::vector<Command>& commands, std::set<std::string>& valued) {
  Command& command = commands.emplace_back(Command{path, {}});
  collect(app, command, valued);
  for (const CLI::App* below : app.get_subcommands({})) {
    if (!below->get_name().empty()) walk(*below, path + " " + below->get_name(), commands, valued);
  }
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  std::vector<Command> commands;
  std::set<std::string> valued, paths;
  walk(app, app.get_name(), commands, valued);
  std::string offers, choices;
  for (const Command& command : commands) {
    if (command.path != app.get_name()) paths.insert('"' + command.path + '"');
    offers += fmt::format("    \"{}\") words=\"{}\" ;;\n", command.path, joined(command.words, " "));
  }
  for (const auto& [option, words] : words_of_options) {
    choices += fmt::format("    {}) COMPREPLY=($(compgen -W \"{}\" -- \"$word\")); return ;;\n", option, words);
  }
  const std::string values = joined(valued, "|");
  return fmt::format(fmt::runtime(script), values, joined(paths, "|"), choices, values, offers);
}

}  // namespace burstd::ctl
