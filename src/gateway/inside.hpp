// What the Gateway is made of, in the order in which it is built. For the files that Gateway is written in, and nobody
// else.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/clock.hpp"
#include "gateway/clock_watch.hpp"
#include "gateway/diary.hpp"
#include "gateway/dispatcher.hpp"
#include "gateway/fleet.hpp"
#include "gateway/gateway.hpp"
#include "gateway/timekeeper.hpp"
#include "gateway/upkeep.hpp"

namespace burstd::gateway {

class Gateway::Inside {
 public:
  Inside(async::Executor executor, Setup setup, Record record)
      : writer(record.writer),
        reader(record.reader),
        ledger(setup.options),
        dispatcher(ledger, writer, record.sending, changed),
        timekeeper(ledger, writer, dispatcher, [this] { return listening(); }),
        fleet(executor, {std::move(setup.modems), std::move(setup.drivers), std::move(setup.finding)},
              {ledger, writer, reader, dispatcher, changed}),
        upkeep(ledger, writer, reader, dispatcher),
        clock_watch(dispatcher),
        caretaker(writer.options()),
        diary(writer, changed, [this] { return sights_of(statuses(), dispatcher.halts(), clock_sentence()); }),
        scope(executor) {}

  std::vector<modem::Status> statuses() const {
    std::vector<modem::Status> all;
    for (const auto& station : fleet.stations()) all.push_back(station->last_status());
    return all;
  }

  std::set<std::string> listening() const {
    std::set<std::string> sims;
    for (const auto& station : fleet.stations()) {
      const modem::Status& status = station->last_status();
      if (status.state == modem::State::ready) sims.insert(status.identity.sim());
    }
    return sims;
  }

  store::Writer& writer;
  store::Reader& reader;
  Ledger ledger;
  async::Signal changed;
  Dispatcher dispatcher;
  Timekeeper timekeeper;
  Fleet fleet;
  Upkeep upkeep;
  ClockWatch clock_watch;
  store::Caretaker caretaker;
  Diary diary;
  async::Scope scope;
  std::optional<store::Restoration> restoration;  // that nobody has released
};

}  // namespace burstd::gateway
