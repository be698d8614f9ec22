#include "gateway/diary.hpp"

#include <spdlog/spdlog.h>

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds longest_look_away = 5s;
constexpr base::Milliseconds shortest_look_away = 200ms;

bool is_on_its_way(modem::State state) {
  return state == modem::State::opening || state == modem::State::setting_up || state == modem::State::stopped;
}

Sight sight_of(const modem::Status& modem) {
  return {"modem", modem.name, "state", modem::to_string(modem.state), modem.sentence, false};
}

// What a SIM may send in a minute or an hour only sets its pace.
Sight limit_of(const std::string& modem, const std::map<std::string, Dispatcher::Halt>& halts) {
  const auto halt = halts.find(modem);
  const bool paced =
      halt == halts.end() || halt->second.by == message::Limit::none || message::sets_pace(halt->second.by);
  if (paced) return {"quota", modem, "limit-lifted", "available", "", true};
  const auto& until = halt->second.until;
  return {"quota",
          modem,
          "limit-reached",
          message::to_string(halt->second.by),
          until ? "until " + base::to_rfc3339(*until) : "",
          false};
}

}  // namespace

std::vector<Sight> sights_of(const std::vector<modem::Status>& modems,
                             const std::map<std::string, Dispatcher::Halt>& halts, const std::string& clock) {
  std::vector<Sight> sights;
  for (const modem::Status& modem : modems) {
    if (!is_on_its_way(modem.state)) sights.push_back(sight_of(modem));
    if (modem.state == modem::State::ready) sights.push_back(limit_of(modem.name, halts));
  }
  sights.push_back({"gateway", "", "clock", clock.empty() ? "trusted" : "suspect", clock, clock.empty()});
  return sights;
}

async::Task<> Diary::run() {
  x_due.push_back(gateway_change("started", async::now().wall));
  while (!x_stopped) {
    for (store::Change& change : x_news.look(x_look(), async::now())) x_due.push_back(std::move(change));
    co_await write();
    if (x_stopped) break;
    if (x_due.empty()) co_await x_changed.wait_until(async::now().steady + longest_look_away);
    if (!x_stopped) co_await x_stop.wait_until(async::now().steady + shortest_look_away);
  }
}

void Diary::stop() {
  x_stopped = true;
  x_changed.notify();
  x_stop.notify();
}

async::Task<> Diary::close() {
  x_due.push_back(gateway_change("stopped", async::now().wall));
  co_await write();
}

// What the disk does not take now it may take at the next look.
async::Task<> Diary::write() {
  if (x_due.empty()) co_return;
  auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
    for (const store::Change& change : x_due) store::append_history(transaction, change);
    return true;
  };
  const auto written = co_await x_writer.run(unit, store::Haste::can_wait);
  if (written) x_due.clear();
  if (!written)
    spdlog::warn("what the gateway has to say of itself is not on record yet: {}", written.error().sentence);
}

}  // namespace burstd::gateway
