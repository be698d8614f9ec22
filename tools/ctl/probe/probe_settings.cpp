#include "ctl/probe/probe_settings.hpp"

#include <algorithm>
#include <utility>

namespace burstd::ctl {

namespace {

constexpr std::chrono::seconds putting_patience{30};

// An answer as the arguments that would set it.
std::string arguments_of(const std::string& name, const std::string& line) {
  if (line.empty()) return {};
  if (name == "+CNMI") return at::report_route(line);
  if (name == "+CPMS") {
    std::string names;
    for (const std::string& memory : at::memories(line)) names += (names.empty() ? "\"" : ",\"") + memory + "\"";
    return names;
  }
  const auto value = name == "+CSMS" ? at::message_service(line) : at::number_at(line, 0);
  return value ? std::to_string(*value) : std::string();
}

bool is_as_before(const std::string& name, const std::string& before, const std::string& now) {
  return before == now || (name == "+CNMI" && at::same_route(before, now));
}

// The ways in which a modem may take it: the last number of AT+CNMI is often read in another way than it must be
// written, and some take one memory only.
std::vector<std::string> forms_of(const std::string& name, const std::string& before) {
  std::vector<std::string> forms{before};
  if (name == "+CNMI" && before.size() == 9) forms.push_back(before.substr(0, 8) + (before.back() == '0' ? "1" : "0"));
  if (name == "+CPMS" && before.find(',') != std::string::npos) forms.push_back(before.substr(0, before.find(',')));
  return forms;
}

}  // namespace

async::Task<std::string> ProbeSettings::shown(std::string name) {
  const std::string line = co_await x_line.line("AT" + name + "?", name + ":");
  co_return arguments_of(name, line);
}

async::Task<std::string> ProbeSettings::remember(std::string name) {
  std::string before = co_await shown(name);
  if (!before.empty()) x_settings.push_back(Setting{name, before});
  co_return before;
}

async::Task<std::vector<std::string>> ProbeSettings::put_back() {
  x_line.finish();
  std::vector<std::string> left;
  for (int round = 0; round < 2; ++round) {
    left.clear();
    for (auto at = x_settings.rbegin(); at != x_settings.rend(); ++at) {
      const bool done = co_await put_back(*at);
      if (!done) left.push_back("AT" + at->name + " was " + at->before);
    }
  }
  co_return left;
}

async::Task<bool> ProbeSettings::put_back(Setting setting) {
  std::string now = co_await shown(setting.name);
  if (is_as_before(setting.name, setting.before, now)) co_return true;
  for (const std::string& form : forms_of(setting.name, setting.before)) {
    const std::string command = "AT" + setting.name + "=" + form;
    co_await x_line.ask(at::ask(command, setting.name + ":"), putting_patience);
    now = co_await shown(setting.name);
    if (is_as_before(setting.name, setting.before, now)) co_return true;
  }
  co_return false;
}

}  // namespace burstd::ctl
