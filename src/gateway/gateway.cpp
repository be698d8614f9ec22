#include "gateway/gateway.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "gateway/dispatcher.hpp"
#include "gateway/recovery.hpp"
#include "gateway/station.hpp"
#include "gateway/timekeeper.hpp"

namespace burstd::gateway {

class Gateway::Inside {
 public:
  Inside(async::Executor executor, Setup setup, store::Writer& record_writer, store::Reader& record_reader)
      : writer(record_writer),
        reader(record_reader),
        ledger(setup.options),
        dispatcher(ledger, writer, reader, changed),
        timekeeper(ledger, writer, dispatcher, [this] { return listening(); }),
        scope(executor) {
    for (const modem::Options& options : setup.modems) {
      const Shared shared{ledger, writer, reader, dispatcher, changed};
      stations.push_back(std::make_unique<Station>(executor, options, setup.drivers, shared));
    }
  }

  base::Result<Station*> find(const std::string& name) {
    for (const auto& station : stations) {
      if (station->last_status().name == name) return station.get();
    }
    return base::Error{base::Fault::missing, "modem-unknown",
                       "There is no modem '" + name + "'; see the list of modems for their names."};
  }

  std::set<std::string> listening() const {
    std::set<std::string> sims;
    for (const auto& station : stations) {
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
  std::vector<std::unique_ptr<Station>> stations;
  async::Scope scope;
};

Gateway::Gateway(async::Executor executor, Setup setup, store::Writer& writer, store::Reader& reader)
    : x_inside(std::make_unique<Inside>(std::move(executor), std::move(setup), writer, reader)) {}

Gateway::~Gateway() = default;

async::Task<> Gateway::recover() {
  const auto recovered =
      co_await gateway::recover(x_inside->ledger, x_inside->writer, x_inside->reader, x_inside->dispatcher);
  spdlog::info("record: {} messages wait to be sent; {} were on the air when the gateway last ended", recovered.waiting,
               recovered.interrupted);
}

async::Task<> Gateway::run() {
  if (!x_inside->dispatcher.stopped()) {
    x_inside->scope.spawn(part(x_inside->timekeeper.run()));
    for (auto& station : x_inside->stations) x_inside->scope.spawn(part(station->run()));
  }
  co_await x_inside->scope.join();
}

// None of them fails alone: the others end in order, then the failure is passed on.
async::Task<> Gateway::part(async::Task<> duty) {
  try {
    co_await std::move(duty);
  } catch (...) {
    stop();
    throw;
  }
}

void Gateway::stop() {
  x_inside->dispatcher.stop();
  x_inside->timekeeper.stop();
  for (auto& station : x_inside->stations) station->stop();
}

const Ledger& Gateway::ledger() const { return x_inside->ledger; }
store::Writer& Gateway::writer() { return x_inside->writer; }
store::Reader& Gateway::reader() { return x_inside->reader; }
async::Signal& Gateway::changed() { return x_inside->changed; }

void Gateway::admit(const std::vector<message::Message>& messages) {
  for (const message::Message& message : messages) x_inside->dispatcher.admit(message::job_of(message));
  x_inside->changed.notify();
}

void Gateway::withdraw(message::Key message) {
  x_inside->dispatcher.withdraw(message);
  x_inside->changed.notify();
}

std::vector<modem::Status> Gateway::modems() const {
  std::vector<modem::Status> all;
  for (const auto& station : x_inside->stations) all.push_back(station->last_status());
  return all;
}

std::vector<modem::Stranger> Gateway::strangers() const { return {}; }

base::Result<void> Gateway::pause(const std::string& name) {
  const auto station = x_inside->find(name);
  if (!station) return station.error();
  (*station)->pause();
  return {};
}

base::Result<void> Gateway::resume(const std::string& name) {
  const auto station = x_inside->find(name);
  if (!station) return station.error();
  (*station)->resume();
  return {};
}

base::Result<void> Gateway::reset(const std::string& name) {
  const auto station = x_inside->find(name);
  if (!station) return station.error();
  return {};
}

async::Task<base::Result<void>> Gateway::unlock(std::string name, Unlocking) {
  const auto station = x_inside->find(name);
  base::Result<void> done;
  if (!station) done = station.error();
  co_return done;
}

async::Task<base::Result<std::string>> Gateway::replace(std::string name, Adoption) {
  const auto station = x_inside->find(name);
  if (!station) co_return station.error();
  co_return std::string();
}

Activity Gateway::activity() const {
  Activity activity;
  activity.modems = x_inside->stations.size();
  activity.ready_modems = static_cast<std::size_t>(std::ranges::count_if(
      x_inside->stations, [](const auto& station) { return station->last_status().state == modem::State::ready; }));
  activity.waiting = x_inside->dispatcher.waiting();
  activity.sending = x_inside->dispatcher.on_air() > 0;
  if (activity.sending || activity.waiting == 0) return activity;
  if (activity.modems == 0) {
    activity.reason = "No modem is configured. Add one to the section \"modems\" of the configuration.";
  } else if (activity.ready_modems == 0) {
    activity.reason = "No modem is ready. See the modems' sentences for what to do.";
  } else if (const auto& rests = x_inside->dispatcher.rests(); !rests.empty()) {
    const auto& [modem, rest] = *rests.begin();
    activity.reason = "The network refuses the SIM of modem " + modem + " (" + rest.sentence +
                      "). It is tried again at " + base::to_rfc3339(rest.until) + ".";
  } else {
    activity.reason = "What waits is not due yet.";
  }
  return activity;
}

}  // namespace burstd::gateway
