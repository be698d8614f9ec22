#include "modem/modem.hpp"

#include <algorithm>
#include <utility>

#include "modem/recognise.hpp"
#include "modem/session.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds look_for_port = 30s;  // should the kernel have told us nothing
constexpr base::Milliseconds long_gone = 60s;
constexpr base::Milliseconds somebody_replugged = 10s;  // away for so long: that is no modem that restarts by itself
constexpr base::Milliseconds most_between_looks = 10s;  // at a port that another program holds

Status first_status(const Options& options) {
  Status status;
  status.name = options.name;
  status.port = options.port;
  status.number = options.number;
  status.since = async::now().wall;
  return status;
}

// Takes back the pointer by which stop() finds the session, however the session ends.
class Presence {
 public:
  Presence(Session*& place, Session& session) : x_place(place) { x_place = &session; }
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;
  ~Presence() { x_place = nullptr; }

 private:
  Session*& x_place;
};

}  // namespace

Modem::Modem(async::Executor executor, Options options, Surroundings surroundings)
    : x_executor(std::move(executor)),
      x_options(std::move(options)),
      x_drivers(surroundings.drivers),
      x_folders{surroundings.finding.sysfs, surroundings.finding.devices, surroundings.finding.usb_requests},
      x_finder(surroundings.finder),
      x_host(surroundings.host),
      x_board(first_status(x_options), x_host),
      x_ladder(x_options.reopen_first, x_options.reopen_most) {}

async::Task<> Modem::run() {
  while (!x_stopping) {
    if (x_paused) {
      x_board.set(State::paused, "Paused by a person. It sends again when it is resumed.");
      co_await wait(look_for_port);
    } else if (std::exchange(x_reset, false)) {
      co_await reset_by_command("A person has told it to start anew.");
    } else {
      co_await turn();
    }
  }
  x_board.set(State::stopped);
}

// A port that is named is tried wherever it is; another one is where the Finder says.
async::Task<> Modem::turn() {
  auto place = whereabouts();
  if (!place) {
    auto waiting = missing(x_finder.missing(x_options.name));
    co_return co_await std::move(waiting);
  }
  x_board.note([&](Status& status) {
    status.port = place->port;
    status.usb = place->usb;
    status.socket = place->socket;
  });
  if (auto terminal = x_finder.take(x_options.name)) {
    auto attending = attend(std::move(terminal), true);
    co_return co_await std::move(attending);
  }
  auto opening = open(std::move(*place));
  co_await std::move(opening);
}

std::optional<Place> Modem::whereabouts() const {
  if (x_options.port.empty()) return whereabouts_by_name();
  return x_finder.place_at(x_options.port).value_or(Place{x_options.port, {}, {}});
}

// The name of its port may be another modem's by now: the socket must be the one where it was found.
std::optional<Place> Modem::whereabouts_by_name() const {
  x_finder.refresh();
  const auto place = x_finder.place_of(x_options.name);
  if (!place) return std::nullopt;
  const auto now = x_finder.place_at(place->port);
  const bool same = now && now->socket == place->socket && now->usb == place->usb;
  return same ? place : std::nullopt;
}

async::Task<> Modem::open(Place place) {
  serial::Settings settings;
  settings.path = place.port;
  settings.baud = x_options.baud;
  auto port = serial::Port::open(x_executor, settings);
  if (!port) co_return co_await unopened(port.error());
  if (const Driver* driver = by_usb(x_drivers, place.usb);
      driver != nullptr && !x_memory.driver && x_options.driver.empty())
    x_memory.driver = *driver;
  auto attending = attend(std::make_unique<Terminal>(std::move(*port), place.port), false);
  co_await std::move(attending);
}

async::Task<> Modem::attend(std::unique_ptr<Terminal> terminal, bool answered) {
  // Why it is opened again stays to be read.
  const bool again = x_board.status().state == State::failed;
  if (!away()) x_board.set(State::opening, again ? x_board.status().sentence : std::string());
  if (std::exchange(x_began, true)) x_board.note([](Status& status) { ++status.recoveries.reopens; });
  const base::Steady start = async::now().steady;
  x_missing_since.reset();
  Session session(std::move(terminal), answered, charge());
  co_await hold(session);
  x_memory.release.reset();
  x_board.note([](Status& status) { status.wants_pin = false; });
  if (session.accepted()) x_ladder.accepted();
  if (session.was_ready()) x_away_until = {};
  if (session.was_ready() && !session.burnt()) {
    x_ladder.served(std::chrono::floor<base::Milliseconds>(async::now().steady - start));
  }
  if (session.was_reset()) co_return co_await after_reset();
  if (!working() || session.left()) co_return;
  auto recovering = recover(session.why(), {session.burnt(), session.gone()});
  co_await std::move(recovering);
}

async::Task<> Modem::hold(Session& session) {
  const Presence presence(x_session, session);
  co_await session.run();
}

async::Task<> Modem::missing(std::string sentence) {
  const base::Steady now = async::now().steady;
  if (!x_missing_since) x_missing_since = now;
  if (now - *x_missing_since >= somebody_replugged) x_ladder.unplugged();
  if (now - *x_missing_since >= long_gone) x_ladder.begin_again();
  if (!away()) x_board.set(State::absent, std::move(sentence));
  co_await wait(std::min(look_for_port, std::max(x_options.reopen_most, base::Milliseconds{1s})));
}

async::Task<> Modem::unopened(const base::Error& error) {
  if (error.fault == base::Fault::missing) {
    auto waiting = missing(error.sentence);
    co_return co_await std::move(waiting);
  }
  if (error.fault == base::Fault::broken) {
    auto recovering = recover(error.sentence, {});
    co_return co_await std::move(recovering);
  }
  // Somebody has to do something, which no reset replaces.
  x_board.set(error.code == "port-busy" ? State::busy : State::failed, error.sentence);
  co_await back_off(std::min(x_options.reopen_most, most_between_looks));
}

Charge Modem::charge() { return {x_options, x_drivers, x_host, x_memory, x_board}; }

bool Modem::away() const { return async::now().steady < x_away_until; }

async::Task<> Modem::wait(base::Milliseconds span) {
  co_await x_finder.changed().wait_until(async::now().steady + span);
}

void Modem::stop() {
  x_stopping = true;
  leave();
}

void Modem::pause() {
  x_paused = true;
  leave();
}

void Modem::resume() {
  x_paused = false;
  x_ladder.begin_again();
  wake();
}

void Modem::reset() {
  x_reset = true;
  x_ladder.begin_again();
  if (x_session != nullptr) x_session->reset();
  wake();
}

void Modem::release(Release release) {
  x_memory.release = std::move(release);
  wake();
}

void Modem::distrust_reports() {
  const ReportWay way = status().report_way;
  const bool plain = way == ReportWay::direct || way == ReportWay::none;
  if (plain || !x_memory.broken.insert(way).second) return;
  leave();
}

void Modem::reconsider() {
  x_memory = Memory{};
  x_board.note([&](Status& status) {  // they were another SIM's
    status.credit.reset();
    status.number = x_options.number;
  });
  x_ladder.begin_again();
  leave();
}

void Modem::leave() {
  if (x_session != nullptr) x_session->leave();
  wake();
}

}  // namespace burstd::modem
