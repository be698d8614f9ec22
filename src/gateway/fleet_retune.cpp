// The part of Fleet that takes up another list of modems while it runs.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "gateway/berth.hpp"
#include "gateway/fleet.hpp"
#include "store/berths.hpp"

namespace burstd::gateway {

namespace {

const modem::Options* named(const std::vector<modem::Options>& modems, const std::string& name) {
  const auto found = std::ranges::find(modems, name, &modem::Options::name);
  return found == modems.end() ? nullptr : &*found;
}

}  // namespace

// Two stations never have one port, nor one name: the later waits for the earlier.
async::Task<> Fleet::serve(Station& station) {
  const std::string name = station.options().name;
  while (x_serving.contains(name) && !x_stopped) co_await x_handed_over.wait();
  if (x_stopped) co_return;
  x_serving.insert(name);
  co_await station.run();
  x_serving.erase(name);
  x_handed_over.notify();
}

bool Fleet::retire(const std::string& name) {
  const auto found =
      std::ranges::find_if(x_stations, [&](const auto& station) { return station->options().name == name; });
  if (found == x_stations.end()) return false;
  (*found)->stop();
  x_retired.push_back(std::move(*found));
  x_stations.erase(found);
  x_finder.forget(name);
  return true;
}

async::Task<Fleet::Turnout> Fleet::retune(std::vector<modem::Options> modems) {
  Turnout turnout;
  if (x_stopped) co_return turnout;
  std::set<std::string> paused;
  auto unit = [&](const store::Connection& connection) {
    paused = store::paused(connection);
    return store::berths(connection);
  };
  const auto berths = co_await x_shore.reader.run(unit);
  x_paused = std::move(paused);
  for (const modem::Options& old : std::exchange(x_crew.modems, modems)) {
    const modem::Options* const still = named(modems, old.name);
    if (still != nullptr && *still == old) continue;
    if (retire(old.name)) turnout.ended.push_back(old.name);
  }
  x_finder.leave_alone(ports_of(modems));
  for (const modem::Options& options : modems) {
    if (find(options.name)) continue;
    x_stations.push_back(std::make_unique<Station>(x_executor, options, shared()));
    Station& station = *x_stations.back();
    if (x_paused.contains(options.name)) station.pause();
    const auto berth = std::ranges::find(berths, options.name, &store::Berth::name);
    if (options.port.empty())
      x_finder.want(wanted_of(options, berth == berths.end() ? std::nullopt : std::optional(*berth)));
    if (x_began) x_scope.spawn(guarded(serve(station)));
    turnout.begun.push_back(options.name);
  }
  x_finder.changed().notify();
  x_shore.changed.notify();
  co_return turnout;
}

}  // namespace burstd::gateway
