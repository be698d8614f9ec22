#include "app/daemon.hpp"

#include <spdlog/spdlog.h>
#include <sysexits.h>

#include <boost/asio/post.hpp>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "app/log.hpp"
#include "app/memory.hpp"
#include "app/settings.hpp"
#include "base/counted.hpp"

namespace burstd::app {

namespace {

constexpr std::chrono::seconds between_beats{5};
constexpr std::chrono::seconds time_for_answers{1};  // to tell clients that the record is broken

gateway::Setup setup_of(const config::Config& config) {
  return {config.sending, config.modems, config.drivers, config.finding};
}

store::Options written(store::Options record) {
  record.lay_out_log = true;
  return record;
}

// "2 of 3 modems ready, 14 messages waiting: …"
std::string words_of(const gateway::Activity& activity) {
  auto text = fmt::format("{} of {} modems ready, {} waiting", activity.ready_modems, activity.modems,
                          base::counted(static_cast<std::int64_t>(activity.waiting), "message", "messages"));
  return activity.reason.empty() ? text : text + ": " + activity.reason;
}

}  // namespace

Daemon::Daemon(const std::string& file, const config::Loaded& loaded) : Daemon(file, loaded, loaded.config) {}

Daemon::Daemon(const std::string& file, const config::Loaded& loaded, const config::Config& config)
    : x_opening(std::in_place, x_service),
      x_signals(x_loop, SIGTERM, SIGINT),
      x_hang_up(x_loop, SIGHUP),
      x_writer(written(config.record), x_loop.get_executor(), [this](const std::string& why) { broken(why); }),
      x_reader(config.record, x_loop.get_executor()),
      x_sending_reader(config.record, x_loop.get_executor()),
      x_gateway(x_loop.get_executor(), setup_of(config), gateway::Record{x_writer, x_reader, x_sending_reader}),
      x_api(config.clients, config.clinic, x_gateway),
      x_reload({file, loaded.values}, x_gateway, x_api),
      x_server(x_loop.get_executor(), config.socket, x_api),
      x_scope(x_loop.get_executor()) {
  x_api.on_reload([this](clinic::Hand hand) { return x_reload.run(std::move(hand)); });
  const auto handed = x_service.take_socket();
  const auto listening = handed ? x_server.adopt(*handed) : x_server.open();
  if (!listening) throw std::runtime_error(listening.error().sentence);
  spdlog::info("listening on {}", handed ? "the socket of systemd" : config.socket.socket_path);
}

int Daemon::run() {
  await_signal();
  x_scope.spawn(live());
  x_loop.run();
  spdlog::info("ended");
  return x_exit;
}

// Clients that connect before the record is recovered wait in the socket's backlog.
async::Task<> Daemon::live() {
  co_await recover();
  x_opening.reset();
  if (x_exit != 0) co_return deaf();
  await_hang_up();
  async::Scope parts(x_loop.get_executor());
  parts.spawn(part("the gateway", x_gateway.run()));
  parts.spawn(part("the events", x_api.run()));
  parts.spawn(part("the socket", x_server.run()));
  x_service.ready();
  parts.spawn(part("the watch", beat()));
  co_await parts.join();
  deaf();
}

async::Task<> Daemon::recover() {
  try {
    co_await x_gateway.recover();
  } catch (const store::Failure& failure) {
    spdlog::critical("the record cannot be taken up again: {}", failure.what());
    x_service.status(failure.what());
    x_exit = failure.corrupt() ? EX_DATAERR : 1;
  } catch (const std::exception& failure) {
    spdlog::critical("the record cannot be taken up again: {}", failure.what());
    x_service.status(failure.what());
    x_exit = 1;
  }
}

// No part ends alone: what fails or returns takes the others with it, in order.
async::Task<> Daemon::part(std::string name, async::Task<> duty) {
  try {
    co_await std::move(duty);
  } catch (const std::exception& failure) {
    spdlog::critical("{} cannot go on: {}", name, failure.what());
    x_exit = 1;
  }
  if (!x_stopping) stop(name + " has ended");
}

// Only a loop and threads of the record that all still answer feed the watchdog.
async::Task<> Daemon::beat() {
  auto write = [](store::Transaction&) -> base::Result<bool> { return true; };
  auto read = [](const store::Connection&) { return true; };
  const base::Milliseconds pause = x_service.watchdog().value_or(between_beats);
  while (!x_stopping) {
    x_service.status(words_of(x_gateway.activity()));
    const auto written = co_await x_writer.run(write);
    const bool is_read = co_await x_reader.run(read);
    const bool is_read_for_sending = co_await x_sending_reader.run(read);
    if (written && is_read && is_read_for_sending) x_service.alive();
    give_back_memory();
    tell_left_out();
    if (!x_stopping)
      co_await x_stopped.wait_until(async::now().steady + std::min<base::Milliseconds>(pause, between_beats));
  }
}

void Daemon::await_signal() {
  x_signals.async_wait([this](const boost::system::error_code& failure, int signal) {
    if (failure) return;
    if (x_stopping) {  // The record is whole at any moment; what was on the air becomes uncertain.
      std::signal(signal, SIG_DFL);
      std::raise(signal);
    }
    stop(signal == SIGTERM ? "SIGTERM" : "SIGINT");
    await_signal();
  });
}

// systemctl reload. One that came before the record was recovered has waited for this.
void Daemon::await_hang_up() {
  x_hang_up.async_wait([this](const boost::system::error_code& failure, int) {
    if (failure) return;
    if (!x_stopping) x_scope.spawn(reload());
    await_hang_up();
  });
}

async::Task<> Daemon::reload() {
  clinic::Hand hand{"SIGHUP", std::nullopt};
  auto reloading = x_reload.run(std::move(hand));
  try {
    co_await std::move(reloading);
  } catch (const std::exception& failure) {
    spdlog::error("the configuration is not taken up whole: {}", failure.what());
  }
}

void Daemon::deaf() {
  x_signals.cancel();
  x_hang_up.cancel();
}

void Daemon::stop(const std::string& why) {
  spdlog::info("stopping ({}); what is on the air is waited for", why);
  x_stopping = true;
  x_service.stopping();
  x_service.status("stopping; what is on the air is waited for");
  x_server.stop();
  x_gateway.stop();
  x_stopped.notify();
}

// Called on the writer's thread.
void Daemon::broken(const std::string& why) {
  spdlog::critical("{}", why);
  boost::asio::post(x_loop, [this] { x_scope.spawn(end_broken()); });
}

// Clients in line are told by the failed commits (503). Nothing more goes on the air and nothing is waited for:
// recovery begins from what is on disk.
async::Task<> Daemon::end_broken() {
  x_exit = 1;
  if (!x_stopping) stop("the record is broken");
  co_await async::sleep_for(time_for_answers);
  std::_Exit(1);
}

}  // namespace burstd::app
