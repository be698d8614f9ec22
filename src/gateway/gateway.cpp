#include "gateway/gateway.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <set>

#include "gateway/clock.hpp"
#include "gateway/credit.hpp"
#include "gateway/diary.hpp"
#include "gateway/dispatcher.hpp"
#include "gateway/fleet.hpp"
#include "gateway/recovery.hpp"
#include "gateway/timekeeper.hpp"

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
  Diary diary;
  async::Scope scope;
};

Gateway::Gateway(async::Executor executor, Setup setup, Record record)
    : x_inside(std::make_unique<Inside>(std::move(executor), std::move(setup), record)) {}

Gateway::~Gateway() = default;

async::Task<> Gateway::recover() {
  const auto recovered =
      co_await gateway::recover(x_inside->ledger, x_inside->writer, x_inside->reader, x_inside->dispatcher);
  spdlog::info("record: {} messages wait to be sent; {} were on the air when the gateway last ended", recovered.waiting,
               recovered.interrupted);
  co_await x_inside->fleet.muster();
}

async::Task<> Gateway::run() {
  if (!x_inside->dispatcher.stopped()) {
    x_inside->scope.spawn(part(x_inside->timekeeper.run()));
    x_inside->scope.spawn(part(x_inside->fleet.run()));
    x_inside->scope.spawn(part(x_inside->diary.run()));
  }
  co_await x_inside->scope.join();
  co_await x_inside->diary.close();
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
  x_inside->fleet.stop();
  x_inside->diary.stop();
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

namespace {

// It is well, but its SIM is not: whoever looks at it must see that it sends nothing, and until when.
void show_rest(modem::Status& status, const Dispatcher::Rest& rest) {
  const std::string why = "Its SIM rests: messages to " + std::to_string(rest.refusals) +
                          " numbers were refused one after the other. " + rest.sentence;
  status.sentence = status.sentence.empty() ? why : why + " " + status.sentence;
  status.next_try = rest.until;
}

}  // namespace

std::vector<modem::Status> Gateway::modems() const {
  auto all = x_inside->statuses();
  const auto& rests = x_inside->dispatcher.rests();
  for (modem::Status& status : all) {
    const auto rest = rests.find(status.name);
    if (rest != rests.end()) show_rest(status, rest->second);
  }
  return all;
}

std::vector<modem::Stranger> Gateway::strangers() const { return x_inside->fleet.strangers(); }

namespace {

// A SIM without a code for its credit is no prepaid one: then there is no limit of this kind.
std::optional<std::int64_t> credit_of(const Station& station) {
  const modem::Status& status = station.last_status();
  const auto pays = status.credit ? segments_for(*status.credit, station.options().balance) : std::nullopt;
  if (!pays) return std::nullopt;
  const auto since = static_cast<std::int64_t>(status.accepted - status.credit->accepted_before);
  return std::max<std::int64_t>(*pays - since, 0);
}

Server server_of(const Station& station, const Dispatcher& dispatcher) {
  const std::string& modem = station.options().name;
  const modem::State state = station.last_status().state;
  if (state == modem::State::paused) return {modem, Stand::paused};
  if (state != modem::State::ready || dispatcher.rests().contains(modem)) return {modem, Stand::away};
  const auto halts = dispatcher.halts();
  const auto halt = halts.find(modem);
  if (halt == halts.end()) return {modem, Stand::serves};
  return {modem, Stand::spent, halt->second.by, halt->second.until};
}

}  // namespace

Holds Gateway::holds() const {
  std::vector<Server> servers;
  for (const auto& station : x_inside->fleet.stations()) servers.push_back(server_of(*station, x_inside->dispatcher));
  Holds holds = holds_of(x_inside->ledger.options().routes, servers);
  const base::Time now = async::now().wall;
  for (const std::string& category : x_inside->dispatcher.closed(now)) {
    holds.closed.emplace(category, opening(category, now));
  }
  return holds;
}

std::optional<base::Time> Gateway::opening(const std::string& category, base::Time from) const {
  return x_inside->dispatcher.hours().opening(category, from);
}

std::map<std::string, Left> Gateway::left() const {
  std::map<std::string, Left> left;
  for (const auto& [modem, allowance] : x_inside->dispatcher.allowances()) {
    const auto station = x_inside->fleet.find(modem);
    left[modem] = {allowance.remainders, station ? credit_of(**station) : std::nullopt};
  }
  return left;
}

Rooms Gateway::rooms() const {
  Rooms rooms(x_inside->ledger.options(), async::now().wall);
  for (auto& [modem, allowance] : x_inside->dispatcher.allowances()) {
    const auto station = x_inside->fleet.find(modem);
    Allowance all = std::move(allowance);
    if (station) all.credit = credit_of(**station);
    rooms.add(std::move(all));
  }
  return rooms;
}

base::Result<void> Gateway::pause(const std::string& name) {
  const auto station = x_inside->fleet.find(name);
  if (!station) return station.error();
  (*station)->pause();
  return {};
}

base::Result<void> Gateway::resume(const std::string& name) {
  const auto station = x_inside->fleet.find(name);
  if (!station) return station.error();
  (*station)->resume();
  return {};
}

base::Result<void> Gateway::reset(const std::string& name) {
  const auto station = x_inside->fleet.find(name);
  if (!station) return station.error();
  return (*station)->reset();
}

async::Task<base::Result<void>> Gateway::unlock(std::string name, Unlocking unlocking) {
  const auto station = x_inside->fleet.find(name);
  if (!station) co_return station.error();
  modem::Release release{std::move(unlocking.pin), unlocking.last_try};
  co_return (*station)->unlock(std::move(release));
}

async::Task<base::Result<std::string>> Gateway::replace(std::string name, Adoption adoption) {
  auto replaced = x_inside->fleet.replace(std::move(name), std::move(adoption.imei), std::move(adoption.port));
  co_return co_await std::move(replaced);
}

namespace {

const char* words_of(message::Limit limit) {
  return limit == message::Limit::recipients ? "number of different recipients in a month" : message::to_string(limit);
}

// All of them: whoever reads only of one waits for the others in vain.
std::string sentence_of(const std::map<std::string, Dispatcher::Rest>& rests) {
  std::string all;
  for (const auto& [modem, rest] : rests) {
    all += (all.empty() ? "The network refuses the SIM of modem " : " The network refuses the SIM of modem ") + modem +
           " (" + rest.sentence + "). It is tried again at " + base::to_rfc3339(rest.until) + ".";
  }
  return all;
}

using Halts = std::map<std::string, Dispatcher::Halt>;

// The SIM that goes on first; there is at least one.
const Halts::value_type& soonest(const Halts& halts) {
  return *std::ranges::min_element(halts, {},
                                   [](const auto& entry) { return entry.second.until.value_or(base::Time::max()); });
}

std::string sentence_of(const std::pair<const std::string, Dispatcher::Halt>& halt) {
  const std::string next = halt.second.until ? " It goes on at " + base::to_rfc3339(*halt.second.until) + "." : "";
  return "The SIM of modem " + halt.first + " has used up its limit by the " + words_of(halt.second.by) + "." + next;
}

}  // namespace

Activity Gateway::activity() const {
  Activity activity;
  activity.modems = x_inside->fleet.stations().size();
  activity.ready_modems =
      static_cast<std::size_t>(std::ranges::count_if(x_inside->fleet.stations(), [](const auto& station) {
        return station->last_status().state == modem::State::ready;
      }));
  activity.waiting = x_inside->dispatcher.waiting();
  activity.clock = clock_sentence();
  activity.sending = x_inside->dispatcher.on_air() > 0;
  if (activity.sending || activity.waiting == 0) return activity;
  if (activity.modems == 0) {
    activity.reason = "No modem is configured or found. Add one to the section \"modems\" of the configuration.";
  } else if (activity.ready_modems == 0) {
    activity.reason = "No modem is ready. See the modems' sentences for what to do.";
  } else if (const auto& rests = x_inside->dispatcher.rests(); !rests.empty()) {
    activity.reason = sentence_of(rests);
  } else if (const auto halts = x_inside->dispatcher.halts(); halts.size() >= activity.ready_modems) {
    const auto& halt = soonest(halts);
    activity.reason = sentence_of(halt);
    activity.sending = message::sets_pace(halt.second.by);
  } else {
    activity.reason = "What waits is not due yet, or waits for its hours or for the modem of its route.";
  }
  return activity;
}

}  // namespace burstd::gateway
