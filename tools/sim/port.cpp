#include "sim/port.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace burstd::sim {

namespace {

// What a daemon that does not read may leave lying about; beyond it the modem's words are gone, as on a real line.
constexpr std::size_t longest_backlog = 1U << 20U;

}  // namespace

Port::Port(Ground ground, Stage stage, Identity identity)
    : x_ground(std::move(ground)),
      x_stage(stage),
      x_modem(stage, std::move(identity), *this),
      x_link(stage.options.dir + "/" + x_modem.identity().name),
      x_master(x_ground.executor) {}

Port::~Port() {
  if (plugged()) remove_link(x_link);
}

base::Result<void> Port::plug() {
  if (plugged()) return base::Error{base::Fault::conflict, "plugged-already", "It is plugged in already."};
  auto pty = open_pty(x_stage.options.mode);
  if (!pty) return pty.error();
  const auto watch = x_ground.openings.watch(pty->path, [this](bool opened) { opening(opened); });
  if (!watch) return watch.error();
  const auto appeared = appear(*pty);
  if (!appeared) {
    x_ground.openings.forget(*watch);
    return appeared.error();
  }
  x_pty = std::move(*pty);
  x_watch = *watch;
  x_master.assign(x_pty.master.release());
  x_openers = 0;
  ++x_generation;
  x_ground.scope.spawn(read());
  boost::json::object fields;
  fields["path"] = x_pty.path;
  if (x_ground.bus != nullptr) {
    fields["socket"] = x_ground.bus->socket_of(x_modem.identity().name);
    fields["device"] = x_ground.bus->node_of(x_modem.identity().name);
  }
  x_stage.journal.write(x_modem.identity(), "plug", fields);
  x_modem.power_on();
  return {};
}

// The link, and the place on the bus.
base::Result<void> Port::appear(const Pty& pty) {
  const auto linked = make_link(x_link, pty.path);
  if (!linked || x_ground.bus == nullptr) return linked;
  const auto& name = x_modem.identity().name;
  auto plugged = x_ground.bus->plug(name, pty.path);
  if (plugged) return plugged;
  x_ground.bus->unplug(name);
  remove_link(x_link);
  return plugged;
}

void Port::unplug(bool lose) {
  if (x_ground.bus != nullptr) x_ground.bus->unplug(x_modem.identity().name);
  if (!plugged()) return;
  x_ground.openings.forget(x_watch);
  remove_link(x_link);
  boost::system::error_code ignored;
  x_master.close(ignored);
  x_pty = Pty{};
  x_out.clear();
  x_cut.reset();
  x_openers = 0;
  x_busy = false;
  x_bereft = false;
  x_losing = false;
  x_stage.journal.write(x_modem.identity(), "unplug");
  x_modem.unplug(lose);
}

void Port::reboot() {
  unplug(false);
  x_stage.agenda.after(x_stage.options.boot, [this] {
    if (!plugged()) plug();
  });
}

void Port::fall_silent(bool lose) {
  if (!open()) return;
  x_bereft = true;
  x_losing = lose;
  x_out.clear();
  if (lose) x_modem.spill();
}

void Port::play(std::vector<Step> story) {
  const auto told = [this](int line) {
    boost::json::object fields;
    fields["line"] = line;
    x_stage.journal.write(x_modem.identity(), line == 0 ? "transcript_done" : "transcript", fields);
  };
  Player::Ends ends{[this](std::string_view octets) { write(octets); },
                    [this](std::string_view octets) { x_modem.feed(octets); }, told};
  x_player.emplace(std::move(story), x_stage.agenda, std::move(ends));
}

void Port::opening(bool opened) {
  x_openers = std::max(0, x_openers + (opened ? 1 : -1));
  x_bereft = x_bereft && opened;
  x_losing = x_losing && !opened;
  boost::json::object fields;
  fields["openers"] = x_openers;
  x_stage.journal.write(x_modem.identity(), opened ? "open" : "close", fields);
  if (opened && x_player) x_player->opened();
  if (x_openers != 0) return;
  x_out.clear();
  refresh(x_pty);
  if (x_busy) take(x_pty);
  x_modem.closed();
}

base::Result<void> Port::set_busy(bool busy) {
  if (!plugged()) return base::Error{base::Fault::refused, "unplugged", "It is not plugged in."};
  if (busy && !x_busy && !take(x_pty)) {
    return base::Error{base::Fault::conflict, "port-open", "Somebody has the port for himself; only one can."};
  }
  if (!busy && x_busy) leave(x_pty);
  x_busy = busy;
  return {};
}

async::Task<> Port::read() {
  const auto generation = x_generation;
  std::array<char, 4096> buffer{};
  while (generation == x_generation) {
    boost::system::error_code failure;
    auto space = boost::asio::buffer(buffer);
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failure);
    const std::size_t size = co_await x_master.async_read_some(space, token);
    if (failure || generation != x_generation) co_return;
    arrived(std::string_view(buffer.data(), size));
  }
}

void Port::arrived(std::string_view octets) {
  x_ground.openings.drain();
  x_stage.agenda.advance(async::now());
  if (x_losing) return;
  if (!x_cut || octets.size() < x_cut->octets) {
    if (x_cut) x_cut->octets -= octets.size();
    return feed(octets);
  }
  const Cut cut = *x_cut;
  feed(octets.substr(0, cut.octets));
  unplug(cut.lose);
}

void Port::feed(std::string_view octets) {
  x_gathering = true;
  if (x_player) {
    x_player->feed(octets);
  } else {
    x_modem.feed(octets);
  }
  x_gathering = false;
  flush();
}

void Port::write(std::string_view octets) {
  if (!open() || x_out.size() > longest_backlog) return;
  x_out.append(octets);
  if (!x_gathering) flush();
}

void Port::flush() {
  if (x_writing || !plugged()) return;
  while (!x_out.empty()) {
    const auto written = ::write(x_master.native_handle(), x_out.data(), x_out.size());
    if (written <= 0) break;
    x_out.erase(0, static_cast<std::size_t>(written));
  }
  if (x_out.empty()) return;
  x_writing = true;
  x_ground.scope.spawn(write_rest());
}

async::Task<> Port::write_rest() {
  const auto generation = x_generation;
  boost::system::error_code failure;
  auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failure);
  co_await x_master.async_wait(boost::asio::posix::stream_descriptor::wait_write, token);
  x_writing = false;
  if (!failure || generation != x_generation) flush();
}

}  // namespace burstd::sim
