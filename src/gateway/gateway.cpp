#include "gateway/gateway.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>

#include "gateway/credit.hpp"
#include "gateway/inside.hpp"
#include "gateway/recovery.hpp"

namespace burstd::gateway {

Gateway::Gateway(async::Executor executor, Setup setup, Record record)
    : x_inside(std::make_unique<Inside>(std::move(executor), std::move(setup), record)) {}

Gateway::~Gateway() = default;

async::Task<> Gateway::recover() {
  auto unit = [](const store::Connection& connection) {
    return OnRecord{store::newest_time(connection), store::newest_deed(connection)};
  };
  begin_clock(co_await x_inside->reader.run(unit));
  auto recovered =
      co_await gateway::recover(x_inside->ledger, x_inside->writer, x_inside->reader, x_inside->dispatcher);
  x_inside->restoration = std::move(recovered.restoration);
  if (x_inside->restoration) spdlog::warn("{}", sentence_of(*x_inside->restoration));
  spdlog::info("record: waiting to be sent: {}, on the air when the gateway last ended: {}", recovered.waiting,
               recovered.interrupted);
  co_await x_inside->fleet.muster();
}

async::Task<> Gateway::run() {
  if (!x_inside->dispatcher.stopped()) {
    x_inside->scope.spawn(part(x_inside->timekeeper.run()));
    x_inside->scope.spawn(part(x_inside->fleet.run()));
    x_inside->scope.spawn(part(x_inside->diary.run()));
    x_inside->scope.spawn(part(x_inside->upkeep.run()));
    x_inside->scope.spawn(part(x_inside->clock_watch.run()));
  }
  co_await x_inside->scope.join();
  co_await x_inside->diary.close();
  co_await x_inside->upkeep.tell_head("at the end");
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
  x_inside->upkeep.stop();
  x_inside->clock_watch.stop();
  x_inside->caretaker.stop();
}

namespace {

// While what waits is admitted by other routes, however that ends.
class Holding {
 public:
  Holding(Dispatcher& dispatcher, bool on) : x_dispatcher(dispatcher) {
    x_dispatcher.keep_back(KeptBack::rerouting, on);
  }
  Holding(const Holding&) = delete;
  Holding& operator=(const Holding&) = delete;
  ~Holding() { x_dispatcher.keep_back(KeptBack::rerouting, false); }

 private:
  Dispatcher& x_dispatcher;
};

}  // namespace

async::Task<> Gateway::retune(Options options, std::vector<modem::Options> modems) {
  const bool other_routes = options.routes != x_inside->ledger.options().routes;
  Dispatcher& dispatcher = x_inside->dispatcher;
  {
    const Holding holding(dispatcher, other_routes);
    x_inside->ledger.adopt(options);
    dispatcher.retune();
    if (other_routes) co_await admit_waiting(x_inside->reader, dispatcher);
  }
  const auto turnout = co_await x_inside->fleet.retune(std::move(modems));
  for (const std::string& name : turnout.ended) spdlog::info("modem {}: ended, by the configuration", name);
  for (const std::string& name : turnout.begun) spdlog::info("modem {}: begun, by the configuration", name);
}

const Ledger& Gateway::ledger() const { return x_inside->ledger; }
store::Writer& Gateway::writer() { return x_inside->writer; }
store::Reader& Gateway::reader() { return x_inside->reader; }
store::Caretaker& Gateway::caretaker() { return x_inside->caretaker; }
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
  holds.restored = x_inside->restoration.has_value();
  if (async::clock_doubted()) {
    holds.ways.clear();
    holds.others = Hold{"clock"};
    return holds;
  }
  holds.ends_put_off = ends_are_put_off();
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

const std::optional<store::Restoration>& Gateway::restoration() const { return x_inside->restoration; }

void Gateway::released() {
  x_inside->restoration.reset();
  x_inside->dispatcher.keep_back(KeptBack::restored, false);
  x_inside->changed.notify();
}

async::Task<base::Result<void>> Gateway::doubt_due() {
  if (!x_inside->restoration) co_return base::Result<void>();
  co_return co_await doubt_restored(x_inside->ledger, x_inside->writer, *x_inside->restoration);
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

Activity Gateway::activity() const {
  return activity_of(x_inside->dispatcher, x_inside->statuses(), {x_inside->restoration, x_inside->writer.disk()});
}

}  // namespace burstd::gateway
