#include "ctl/probe/probe_messaging.hpp"

#include <algorithm>
#include <utility>

namespace burstd::ctl {

namespace {

constexpr std::chrono::seconds memory_patience{30};

std::string behind_colon(const std::string& line) {
  const auto start = line.find(':');
  if (start == std::string::npos) return line;
  return line.substr(std::min(line.find_first_not_of(' ', start + 1), line.size()));
}

// Every name between quotes, once.
std::vector<std::string> names_in(const std::string& line) {
  std::vector<std::string> names;
  for (auto open = line.find('"'); open != std::string::npos;) {
    const auto close = line.find('"', open + 1);
    if (close == std::string::npos) break;
    const std::string name = line.substr(open + 1, close - open - 1);
    if (name.size() == 2 && std::ranges::find(names, name) == names.end()) names.push_back(name);
    open = line.find('"', close + 1);
  }
  if (names.empty()) names = at::memories(line);
  return names.empty() ? std::vector<std::string>{"SM", "ME", "SR"} : names;
}

class Trial {
 public:
  Trial(ProbeLine& line, ProbeSettings& settings) : x_line(line), x_settings(settings) {}

  async::Task<Messaging> run(std::vector<std::string> routes) {
    const std::string mode = co_await x_settings.remember("+CMGF");
    const Exchange pdu = co_await x_line.ask(at::plain(mode.empty() ? "AT+CMGF=?" : "AT+CMGF=0"));
    x_found.pdu_mode = pdu.good;
    co_await services();
    co_await memories();
    co_await try_routes(std::move(routes));
    x_found.more_to_send = behind_colon(co_await x_line.line("AT+CMMS=?", "+CMMS:"));
    x_found.service_codes = behind_colon(co_await x_line.line("AT+CUSD=?", "+CUSD:"));
    co_return std::move(x_found);
  }

 private:
  // Service 0 last: under it a modem acknowledges by itself what may come meanwhile. Without service 1 there is nothing
  // to acknowledge.
  async::Task<> services() {
    x_found.services_offered = behind_colon(co_await x_line.line("AT+CSMS=?", "+CSMS:"));
    const std::string before = co_await x_settings.remember("+CSMS");
    if (!before.empty()) {
      x_found.service_before = std::stoi(before);
      x_found.takes_service_1 = co_await serves("1");
    }
    x_found.knows_acknowledgement = (co_await x_line.ask(at::ask("AT+CNMA=?", "+CNMA:"))).good;
    if (x_found.takes_service_1) x_found.acknowledgement = (co_await x_line.ask(at::plain("AT+CNMA"))).result;
    if (!before.empty()) x_found.takes_service_0 = co_await serves("0");
  }

  async::Task<bool> serves(std::string service) {
    const std::string command = "AT+CSMS=" + service;
    co_await x_line.ask(at::ask(command, "+CSMS:"));
    const std::string reads = co_await x_settings.shown("+CSMS");
    co_return reads == service;
  }

  async::Task<> memories() {
    const std::string offered = co_await x_line.line("AT+CPMS=?", "+CPMS:");
    x_found.memories_offered = behind_colon(offered);
    x_found.memories_before = co_await x_settings.remember("+CPMS");
    if (x_found.memories_before.empty()) co_return;
    for (const std::string& name : names_in(offered)) {
      const std::string command = "AT+CPMS=\"" + name + "\"";
      const Exchange look = co_await x_line.ask(at::ask(command, "+CPMS:"), memory_patience);
      const auto uses = look.lines.empty() ? std::vector<at::MemoryUse>{} : at::memory_use(look.last());
      if (uses.empty()) continue;
      x_found.memories.push_back(MemoryLook{at::MemoryUse{name, uses.front().used, uses.front().total}, look.took});
    }
  }

  async::Task<> try_routes(std::vector<std::string> routes) {
    const std::string offered = co_await x_line.line("AT+CNMI=?", "+CNMI:");
    x_found.routes_offered = behind_colon(offered);
    x_found.route_before = co_await x_settings.remember("+CNMI");
    if (x_found.route_before.empty()) co_return;
    const bool any =
        std::ranges::any_of(routes, [&](const std::string& route) { return at::offers_route(offered, route); });
    for (std::string& route : routes) {
      RouteTry tried;
      tried.offered = at::offers_route(offered, route);
      tried.route = std::move(route);
      tried.result = "not offered";
      auto trying = attempt(std::move(tried), any);
      x_found.routes.push_back(co_await std::move(trying));
    }
  }

  // A list that offers none of them is not believed, as the daemon does not believe it.
  async::Task<RouteTry> attempt(RouteTry tried, bool list_is_sound) {
    if (list_is_sound && !tried.offered) co_return tried;
    const std::string command = "AT+CNMI=" + tried.route;
    const Exchange set = co_await x_line.ask(at::plain(command));
    tried.accepted = set.good;
    tried.result = set.result;
    if (!set.good) co_return tried;
    tried.reads = co_await x_settings.shown("+CNMI");
    tried.exact = at::same_route(tried.route, tried.reads);
    co_return tried;
  }

  ProbeLine& x_line;
  ProbeSettings& x_settings;
  Messaging x_found;
};

}  // namespace

async::Task<Messaging> messaging_of(ProbeLine& line, ProbeSettings& settings, std::vector<std::string> routes) {
  Trial trial(line, settings);
  co_return co_await trial.run(std::move(routes));
}

}  // namespace burstd::ctl
