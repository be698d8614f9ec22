// The part of SetUp that finds out how the modem gives delivery reports.
#include <algorithm>
#include <utility>

#include "at/reply.hpp"
#include "modem/set_up.hpp"

namespace burstd::modem {

namespace {

constexpr const char* no_reports = "This modem gives no delivery reports.";

// Routes that the modem offers and that give reports, or those that give none.
std::vector<std::string> routes_of(const Driver& driver, const std::string& offered, bool reports) {
  std::vector<std::string> routes;
  for (const std::string& route : driver.report_routes) {
    if (at::gives_reports(route) == reports && at::offers_route(offered, route)) routes.push_back(route);
  }
  return routes;
}

const std::string& best(const Tries& reporting, const Tries& silent) {
  if (!reporting.exact.empty()) return reporting.exact;
  if (!reporting.near.empty()) return reporting.near;
  if (!silent.exact.empty()) return silent.exact;
  return reporting.taken.empty() ? silent.taken : reporting.taken;
}

}  // namespace

// One that the modem shows again is best, one whose reports it shows in another way is next; one that it took without
// showing it is better than none, unless it shows one without reports, which it means then.
async::Task<> SetUp::route_reports() {
  x_route.clear();
  x_remark.clear();
  std::string offered = (co_await ask("AT+CNMI=?", "+CNMI:")).value_or(std::string());
  const bool nothing = routes_of(x_driver, offered, true).empty() && routes_of(x_driver, offered, false).empty();
  if (nothing) offered.clear();
  Tries reporting = co_await try_routes(routes_of(x_driver, offered, true));
  Tries silent;
  if (reporting.exact.empty() && reporting.near.empty())
    silent = co_await try_routes(routes_of(x_driver, offered, false));
  co_await take_route(std::move(reporting), std::move(silent));
}

async::Task<Tries> SetUp::try_routes(std::vector<std::string> routes) {
  Tries tries;
  for (const std::string& route : routes) {
    if (x_terminal.over()) break;
    const at::Reply reply = co_await say_patiently(at::plain("AT+CNMI=" + route));
    if (reply.failure || x_terminal.over()) continue;
    const std::string shown = co_await shown_route();
    if (tries.taken.empty()) tries.taken = route;
    if (tries.near.empty() && at::same_reports(route, shown)) tries.near = route;
    if (!at::same_route(route, shown)) continue;
    tries.exact = route;
    break;
  }
  co_return tries;
}

async::Task<std::string> SetUp::shown_route() {
  const auto line = co_await ask("AT+CNMI?", "+CNMI:");
  co_return line ? at::report_route(*line) : std::string();
}

async::Task<> SetUp::take_route(Tries reporting, Tries silent) {
  const std::string route = best(reporting, silent);
  const bool set_already = !reporting.exact.empty() || !silent.exact.empty();
  if (!set_already && !route.empty() && !x_terminal.over()) co_await say_patiently(at::plain("AT+CNMI=" + route));
  const std::string shown = co_await shown_route();
  if (at::same_reports(route, shown)) x_route = shown;
  if (!at::gives_reports(route)) x_remark = no_reports;
  x_charge.board.note([&](Status& status) { status.report_route = route; });
}

}  // namespace burstd::modem
