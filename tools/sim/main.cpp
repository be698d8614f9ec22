// burst-modem-sim: starts the bench, tells where the modems are, and ends on a signal or the order "quit".
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>

#include "sim/bench.hpp"
#include "sim/control.hpp"
#include "sim/options.hpp"

namespace burstd::sim {
namespace {

async::Task<> wait_for_end(boost::asio::signal_set& signals, Bench& bench) {
  if (bench.stopping()) co_return;
  boost::system::error_code failure;
  auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failure);
  co_await signals.async_wait(token);
  if (!failure) bench.stop();
}

void tell(Bench& bench) {
  for (Port& port : bench.ports()) {
    const auto& identity = port.modem().identity();
    std::printf("%s %s imei=%s imsi=%s operator=\"%s\"\n", port.link().c_str(), port.path().c_str(),
                identity.imei.c_str(), identity.imsi.c_str(), identity.operator_name.c_str());
  }
  std::puts("ready");
  std::fflush(stdout);
}

int run(const Options& options) {
  std::filesystem::create_directories(options.dir);
  boost::asio::io_context loop(1);
  boost::asio::signal_set signals(loop, SIGTERM, SIGINT);
  Bench bench(loop.get_executor(), options);
  Control control(bench, loop.get_executor());
  auto started = bench.start();
  if (started && !options.control.empty()) started = control.start(options.control);
  bench.when_stopping([&] {
    control.stop();
    boost::system::error_code ignored;
    signals.cancel(ignored);
  });
  if (started) {
    bench.scope().spawn(wait_for_end(signals, bench));
    tell(bench);
  } else {
    std::fprintf(stderr, "burst-modem-sim: %s\n", started.error().sentence.c_str());
    bench.stop();
  }
  loop.run();
  return started && !bench.failed() ? 0 : 1;
}

}  // namespace
}  // namespace burstd::sim

int main(int argc, char** argv) {
  try {
    const auto reading = burstd::sim::read_command_line(argc, argv);
    return reading.run ? burstd::sim::run(reading.options) : reading.exit_code;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "burst-modem-sim: %s\n", failure.what());
    return 1;
  }
}
