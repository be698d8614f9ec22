#include "gateway/fleet.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "base/mask.hpp"
#include "gateway/berth.hpp"
#include "gateway/settlement.hpp"
#include "store/berths.hpp"
#include "store/evidence.hpp"

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds between_weighings = 1min;
constexpr base::Milliseconds between_musters = 30s;

base::Error no_such_modem(const std::string& name) {
  return base::Error{base::Fault::missing, "modem-unknown",
                     "There is no modem '" + name + "'; see the list of modems for their names."};
}

base::Error nothing_to_adopt(const std::string& name) {
  return base::Error{
      base::Fault::conflict, "nothing-to-adopt",
      "There is nothing that could take the place of modem " + name +
          ". Plug the new modem in, wait until `burstctl modems` shows it as not in use, and try again."};
}

base::Error ambiguous(const std::vector<modem::Found>& found) {
  std::string which;
  for (const modem::Found& each : found) which += (which.empty() ? "" : ", ") + each.identity.imei + " at " + each.port;
  return base::Error{base::Fault::conflict, "adoption-ambiguous",
                     "Several modems are not in use (" + which + "). Say which one: --imei or --port."};
}

// As far as a person needs to tell it from others: it goes into the log.
std::string shortened(const std::string& digits) { return base::last_digits(digits, 6); }

std::string words_of(const modem::Identity& identity) {
  const std::string& card = identity.iccid.empty() ? identity.imsi : identity.iccid;
  const std::string sim = card.empty() ? std::string(", whose SIM is not known yet") : ", SIM " + shortened(card);
  return "IMEI " + shortened(identity.imei) + sim;
}

}  // namespace

std::vector<std::string> ports_of(const std::vector<modem::Options>& modems) {
  std::vector<std::string> ports;
  for (const modem::Options& options : modems) {
    if (!options.port.empty()) ports.push_back(options.port);
  }
  return ports;
}

Fleet::Fleet(async::Executor executor, Crew crew, Shore shore)
    : x_executor(executor),
      x_crew(std::move(crew)),
      x_shore(shore),
      x_finder(executor, x_crew.finding, x_crew.drivers, ports_of(x_crew.modems)),
      x_scope(executor) {
  for (const modem::Options& options : x_crew.modems)
    x_stations.push_back(std::make_unique<Station>(x_executor, options, shared()));
}

Shared Fleet::shared() {
  return {x_shore.ledger,  x_shore.writer, x_shore.reader, x_shore.dispatcher,
          x_shore.changed, x_crew.drivers, x_crew.finding, x_finder};
}

async::Task<> Fleet::run() {
  if (!x_stopped) {
    x_began = true;
    for (auto& station : x_stations) x_scope.spawn(guarded(serve(*station)));
    x_scope.spawn(guarded(x_finder.run([this] { return unsettled(); })));
    x_scope.spawn(guarded(weigh()));
    x_scope.spawn(guarded(watch_bus()));
  }
  co_await x_scope.join();
}

// None of them fails alone: the others end in order, then the failure is passed on.
async::Task<> Fleet::guarded(async::Task<> duty) {
  try {
    co_await std::move(duty);
  } catch (...) {
    x_shore.dispatcher.stop();
    stop();
    throw;
  }
}

void Fleet::stop() {
  x_stopped = true;
  for (auto& station : x_stations) station->stop();
  x_finder.stop();
  x_end.notify();
  x_handed_over.notify();
}

// What was adopted since the configuration was written, and who was paused.
async::Task<std::vector<store::Berth>> Fleet::remembered() {
  std::set<std::string> paused;
  auto unit = [&](const store::Connection& connection) {
    paused = store::paused(connection);
    return store::berths(connection);
  };
  auto berths = co_await x_shore.reader.run(unit);
  x_paused = std::move(paused);
  co_return berths;
}

// Paused, where a person wants it so, and looked for, where no port is given.
void Fleet::prepare(Station& station, const std::vector<store::Berth>& berths) {
  const modem::Options& options = station.options();
  if (x_paused.contains(options.name)) station.pause();
  if (!options.port.empty()) return;
  const auto berth = std::ranges::find(berths, options.name, &store::Berth::name);
  x_finder.want(wanted_of(options, berth == berths.end() ? std::nullopt : std::optional(*berth)));
}

async::Task<> Fleet::muster() {
  const auto berths = co_await remembered();
  for (const auto& station : x_stations) prepare(*station, berths);
}

async::Task<> Fleet::watch_bus() {
  while (!x_stopped) {
    if (x_crew.finding.all) recruit();
    tell_of_strangers();
    co_await x_finder.changed().wait_until(async::now().steady + between_musters);
  }
}

// Modems that nobody named, where all are used.
void Fleet::recruit() {
  for (const modem::Found& found : x_finder.nameless()) {
    const bool meant = std::any_of(x_stations.begin(), x_stations.end(), [&](const auto& station) {
      const modem::Options& options = station->options();
      return options.port.empty() && modem::fit(wanted_of(options, std::nullopt), found) != modem::Fit::no;
    });
    if (meant) continue;
    const modem::Options options = options_of(found);
    spdlog::info("modem {}: found at {} and used, since all are", options.name, found.port);
    Station& station = enlist(options);
    x_scope.spawn(guarded(serve(station)));
  }
}

// Once for each reason: what is plugged in and not used is somebody's question.
void Fleet::tell_of_strangers() {
  std::set<std::string> now;
  for (const modem::Stranger& stranger : strangers()) {
    if (stranger.sentence.empty()) continue;
    const std::string words =
        (stranger.port.empty() ? "USB " + stranger.usb : stranger.port) + " is not used: " + stranger.sentence;
    now.insert(words);
    if (x_told.count(words) == 0) spdlog::info("{}", words);
  }
  x_told = std::move(now);
}

// By its IMEI; two that have the same (some makers clone it) are told apart by their SIMs.
modem::Options Fleet::options_of(const modem::Found& found) const {
  modem::Options options;
  options.name = modem::own_name(found.identity);
  options.imei = found.identity.imei;
  const auto twins = x_finder.nameless();
  const auto alike = std::count_if(twins.begin(), twins.end(), [&](const modem::Found& each) {
    return modem::same_imei(each.identity.imei, found.identity.imei);
  });
  if (!options.imei.empty() && alike < 2 && !find(options.name)) return options;
  options.sim = found.identity.sim();
  options.name += "-" + options.sim.substr(options.sim.size() - std::min<std::size_t>(options.sim.size(), 6));
  return options;
}

Station& Fleet::enlist(const modem::Options& options) {
  x_stations.push_back(std::make_unique<Station>(x_executor, options, shared()));
  if (x_paused.count(options.name) > 0) x_stations.back()->pause();
  x_finder.want(wanted_of(options, std::nullopt));
  return *x_stations.back();
}

async::Task<> Fleet::weigh() {
  while (!x_stopped) {
    for (std::size_t at = 0; at < x_stations.size() && !x_stopped; ++at) co_await x_stations[at]->weigh_reports();
    if (!x_stopped) co_await x_end.wait_until(async::now().steady + between_weighings);
  }
}

// Of whatever modem that is not in service: an unknown port may be its.
async::Task<std::optional<modem::Unresolved>> Fleet::unsettled() {
  std::set<std::string> in_service;
  for (const auto& station : x_stations) {
    if (station->last_status().state == modem::State::ready) in_service.insert(station->options().name);
  }
  const base::Time since = async::now().wall - longest_doubt;
  auto unit = [&](const store::Connection& connection) {
    return store::latest_unresolved(connection, since, in_service);
  };
  const auto at = co_await x_shore.reader.run(unit);
  std::optional<modem::Unresolved> newest;
  if (at) newest = modem::Unresolved{*at};
  co_return newest;
}

base::Result<Station*> Fleet::find(const std::string& name) const {
  for (const auto& station : x_stations) {
    if (station->options().name == name) return station.get();
  }
  return no_such_modem(name);
}

std::vector<modem::Found> Fleet::adoptable(const std::string& imei, const std::string& port) const {
  std::vector<modem::Found> found = x_finder.nameless();
  std::erase_if(found, [&](const modem::Found& each) {
    return (!imei.empty() && !modem::same_imei(imei, each.identity.imei)) || (!port.empty() && port != each.port);
  });
  return found;
}

// First what already answers in its place and was not welcome, then what is on the bus and not in use.
async::Task<base::Result<std::string>> Fleet::replace(std::string name, std::string imei, std::string port) {
  const auto station = find(name);
  if (!station) co_return station.error();
  const auto& unwelcome = (*station)->unwelcome();
  const bool meant = unwelcome && (imei.empty() || modem::same_imei(imei, unwelcome->imei)) &&
                     (port.empty() || port == (*station)->last_status().port);
  if (meant) {
    x_finder.learn((*station)->last_status().port, *unwelcome);
    auto adopting = adopt(**station, *unwelcome);
    co_return co_await std::move(adopting);
  }
  const auto found = (*station)->options().port.empty() ? adoptable(imei, port) : std::vector<modem::Found>{};
  if (found.empty()) co_return nothing_to_adopt(name);
  if (found.size() > 1) co_return ambiguous(found);
  auto adopting = adopt(**station, found.front().identity);
  co_return co_await std::move(adopting);
}

async::Task<base::Result<std::string>> Fleet::adopt(Station& station, modem::Identity identity) {
  const modem::Options& options = station.options();
  const base::Time now = async::now().wall;
  auto unit = [&](store::Transaction& transaction) -> base::Result<store::Berth> {
    const auto before = store::find_berth(transaction, options.name);
    const store::Berth next = adopted(options, before, identity, now);
    store::save_berth(transaction, next);
    return next;
  };
  const auto berth = co_await x_shore.writer.run(unit);
  if (!berth) co_return berth.error();
  if (options.port.empty()) x_finder.want(wanted_of(options, *berth));
  station.reconsider();
  spdlog::info("modem {}: a person has put another in its place: {}", options.name, words_of(identity));
  co_return "Modem " + options.name + " is now the one with " + words_of(identity) + ".";
}

}  // namespace burstd::gateway
