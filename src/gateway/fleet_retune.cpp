// The part of Fleet that takes up another list of modems while it runs.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "gateway/berth.hpp"
#include "gateway/fleet.hpp"

namespace burstd::gateway {

namespace {

const modem::Options* named(const std::vector<modem::Options>& modems, const std::string& name) {
  const auto found = std::ranges::find(modems, name, &modem::Options::name);
  return found == modems.end() ? nullptr : &*found;
}

}  // namespace

// Two stations never have one name: the later waits for the earlier. That no two have one port is the lock's business.
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

// The names that modems which nobody had named go by, of those that this one means.
std::vector<std::string> Fleet::recruited_as(const modem::Options& options) const {
  const auto place = options.port.empty() ? std::nullopt : x_finder.place_at(options.port);
  const modem::Wanted wanted = wanted_of(options, std::nullopt);
  const auto is_meant = [&](const modem::Found& found) {
    if (!options.port.empty()) return place && place->port == found.port;
    return modem::fit(wanted, found) == modem::Fit::yes;
  };
  std::vector<std::string> names;
  for (const auto& station : x_stations) {
    const std::string& name = station->options().name;
    const auto found = named(x_crew.modems, name) == nullptr ? x_finder.called(name) : std::nullopt;
    if (found && is_meant(*found)) names.push_back(name);
  }
  return names;
}

async::Task<Fleet::Turnout> Fleet::retune(std::vector<modem::Options> modems) {
  Turnout turnout;
  if (x_stopped) co_return turnout;
  const auto berths = co_await remembered();
  if (x_stopped) co_return turnout;
  for (const modem::Options& old : std::exchange(x_crew.modems, modems)) {
    const modem::Options* const still = named(modems, old.name);
    if (still != nullptr && *still == old) continue;
    if (retire(old.name)) turnout.ended.push_back(old.name);
  }
  x_finder.leave_alone(ports_of(modems));
  for (const modem::Options& options : modems) {
    if (find(options.name)) continue;
    for (const std::string& recruit : recruited_as(options)) {
      retire(recruit);
      turnout.ended.push_back(recruit);
    }
    x_stations.push_back(std::make_unique<Station>(x_executor, options, shared()));
    Station& station = *x_stations.back();
    prepare(station, berths);
    if (x_began) x_scope.spawn(guarded(serve(station)));
    turnout.begun.push_back(options.name);
  }
  x_finder.changed().notify();
  x_shore.changed.notify();
  co_return turnout;
}

}  // namespace burstd::gateway
