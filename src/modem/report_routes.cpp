#include "modem/report_routes.hpp"

#include <algorithm>
#include <utility>

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr int direct = 1, stored = 2;  // <ds> of AT+CNMI
constexpr int enough_places = 10;
constexpr base::Milliseconds fast = 1s;  // for a look into the memory of reports

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

// One that the modem shows again is best, one whose reports it shows in another way is next; one that it took without
// showing it is better than none, unless it shows one without reports, which it means then.
async::Task<Route> ReportRoutes::choose() {
  x_offered = (co_await x_interview.ask("AT+CNMI=?", "+CNMI:")).value_or(std::string());
  const bool nothing = arguments(direct).empty() && arguments(stored).empty() && arguments(0).empty();
  if (nothing) x_offered.clear();
  Route route = co_await try_stored(Trust::yes);
  if (route.way == ReportWay::none && permitted(ReportWay::acknowledged, Trust::yes)) {
    const bool given = co_await service(1);
    if (given) route = co_await try_direct(true);
  }
  std::string doubtful = route.cnmi;
  if (route.way == ReportWay::none) {
    co_await service(0);
    route = co_await try_direct(x_acknowledges);
    if (doubtful.empty()) doubtful = route.cnmi;
  }
  if (route.way == ReportWay::none) route = co_await try_stored(Trust::probe);
  if (route.way == ReportWay::none) {
    const std::string taken = doubtful.empty() ? route.cnmi : doubtful;
    route = co_await try_none();
    if (route.reads.empty() && !taken.empty()) {
      Tries last;
      last.near = taken;
      route = co_await take(std::move(last), at::report_kind(taken) == stored ? ReportWay::stored : ReportWay::direct);
    }
  }
  route.acknowledges = x_acknowledges;
  publish(route);
  co_return route;
}

bool ReportRoutes::permitted(ReportWay way, Trust least) const {
  const Trust trust = way == ReportWay::stored ? x_driver.stored_reports : x_driver.acknowledged_reports;
  return trust >= least && x_charge.memory.broken.count(way) == 0;
}

// The driver's, as far as the modem offers them.
std::vector<std::string> ReportRoutes::arguments(int kind) const {
  std::vector<std::string> routes;
  for (const std::string& route : x_driver.report_routes) {
    if (at::report_kind(route) == kind && at::offers_route(x_offered, route)) routes.push_back(route);
  }
  return routes;
}

async::Task<Route> ReportRoutes::try_stored(Trust least) {
  Route none;
  if (!permitted(ReportWay::stored, least) || arguments(stored).empty()) co_return none;
  const int room = co_await places();
  if (room < enough_places && least == Trust::yes) co_return none;
  Tries tries = co_await attempt(arguments(stored));
  auto taking = take(std::move(tries), ReportWay::stored);
  Route route = co_await std::move(taking);
  route.places = room;
  co_return route;
}

async::Task<Route> ReportRoutes::try_direct(bool acknowledged) {
  Tries tries = co_await attempt(arguments(direct));
  auto taking = take(std::move(tries), acknowledged ? ReportWay::acknowledged : ReportWay::direct);
  co_return co_await std::move(taking);
}

async::Task<Route> ReportRoutes::try_none() {
  Tries tries = co_await attempt(arguments(0));
  auto taking = take(std::move(tries), ReportWay::none);
  co_return co_await std::move(taking);
}

// Of the memory that reports are stored in; 0 when it cannot be looked into, or only slowly.
async::Task<int> ReportRoutes::places() {
  const auto offered = co_await x_interview.ask("AT+CPMS=?", "+CPMS:");
  const auto names = offered ? at::memories(*offered) : std::vector<std::string>{};
  const std::string memory = holds(names, "SR") || names.empty() ? "SR" : names.front();
  const base::Steady start = async::now().steady;
  const at::Reply reply = co_await x_terminal.insist(at::ask("AT+CPMS=\"" + memory + "\"", "+CPMS:"), storage_patience);
  if (reply.failure || reply.lines.empty() || async::now().steady - start > fast) co_return 0;
  const auto use = at::memory_use(reply.lines.back());
  co_return use.empty() ? 0 : use.front().total;
}

async::Task<ReportRoutes::Tries> ReportRoutes::attempt(std::vector<std::string> routes) {
  Tries tries;
  for (const std::string& route : routes) {
    if (x_terminal.over()) break;
    const at::Reply reply = co_await x_interview.say_patiently(at::plain("AT+CNMI=" + route));
    if (reply.failure || x_terminal.over()) continue;
    const std::string reads = co_await shown();
    if (tries.taken.empty()) tries.taken = route;
    if (tries.near.empty() && at::same_reports(route, reads)) tries.near = route;
    if (!at::same_route(route, reads)) continue;
    tries.exact = route;
    break;
  }
  co_return tries;
}

// What was only taken is not relied on yet: its way stays none.
async::Task<Route> ReportRoutes::take(Tries tries, ReportWay way) {
  Route route;
  route.cnmi = !tries.exact.empty() ? tries.exact : !tries.near.empty() ? tries.near : tries.taken;
  if (!tries.exact.empty() || !tries.near.empty()) route.way = way;
  if (tries.exact.empty() && !tries.near.empty() && !x_terminal.over())
    co_await x_interview.say_patiently(at::plain("AT+CNMI=" + route.cnmi));
  if (route.cnmi.empty() || x_terminal.over()) co_return route;
  const std::string reads = co_await shown();
  if (at::same_reports(route.cnmi, reads)) route.reads = reads;
  co_return route;
}

// Some modems of long ago know no +CSMS; then nothing is acknowledged.
async::Task<bool> ReportRoutes::service(int wanted) {
  co_await x_interview.say(at::ask("AT+CSMS=" + std::to_string(wanted), "+CSMS:"));
  const auto line = co_await x_interview.ask("AT+CSMS?", "+CSMS:");
  const auto reads = line ? at::message_service(*line) : std::nullopt;
  x_acknowledges = reads == 1;
  co_return reads == wanted;
}

async::Task<std::string> ReportRoutes::shown() {
  const auto line = co_await x_interview.ask("AT+CNMI?", "+CNMI:");
  co_return line ? at::report_route(*line) : std::string();
}

void ReportRoutes::publish(const Route& route) {
  x_charge.board.note([&](Status& status) {
    status.report_route = route.cnmi;
    status.report_way = route.way;
    status.reports_proven = x_charge.memory.proven.count(route.way) > 0;
    status.report_sentence = cost_of(route);
  });
}

std::string cost_of(const Route& route) {
  switch (route.way) {
    case ReportWay::none:
      return "This modem gives no delivery reports.";
    case ReportWay::direct:
      return "A report that comes while the service does not listen is lost.";
    case ReportWay::acknowledged:
      return "The network repeats a report until the service has it on record.";
    case ReportWay::stored:
      break;
  }
  const std::string places = route.places > 0 ? " (" + std::to_string(route.places) + " places)" : "";
  return "The modem keeps reports" + places +
         " until the service has them on record; each takes a look into its memory.";
}

}  // namespace burstd::modem
