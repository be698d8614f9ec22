#include "ctl/probe/probe.hpp"

#include <boost/asio/io_context.hpp>
#include <stdexcept>
#include <utility>

#include "async/scope.hpp"
#include "ctl/probe/probe_device.hpp"
#include "ctl/probe/probe_messaging.hpp"
#include "ctl/probe/probe_overheard.hpp"
#include "ctl/probe/probe_questions.hpp"
#include "modem/approach.hpp"
#include "modem/recognise.hpp"

namespace burstd::ctl {

namespace {

// By which drivers recognise a new start and a full memory.
std::vector<std::string> telling_lines(const std::vector<modem::Driver>& drivers) {
  std::vector<std::string> lines;
  for (const modem::Driver& driver : drivers) {
    lines.insert(lines.end(), driver.boot.begin(), driver.boot.end());
    lines.insert(lines.end(), driver.memory_full.begin(), driver.memory_full.end());
  }
  return lines;
}

class Probe {
 public:
  Probe(const Probing& probing, const std::vector<modem::Driver>& drivers, const Watching& watching)
      : x_probing(probing), x_drivers(drivers), x_watching(watching), x_ear(telling_lines(drivers)) {
    x_found.port = probing.port;
    x_found.place = place_of(probing.port, probing.folders);
  }

  async::Task<> run() {
    auto port = open(co_await async::this_executor());
    if (port) {
      auto conversing = converse(std::move(*port));
      co_await std::move(conversing);
      if (x_found.whole() && x_probing.listen > 0) co_await listen();
    } else {
      x_found.fault = port.error().code;
      x_found.trouble = port.error().sentence;
    }
    x_found.overheard = x_ear.heard();
    x_done = true;
  }

  bool done() const { return x_done; }
  Findings take() { return std::move(x_found); }

 private:
  base::Result<serial::Port> open(const async::Executor& executor) const {
    serial::Settings settings;
    settings.path = x_probing.port;
    settings.baud = x_probing.baud;
    return serial::Port::open(executor, settings);
  }

  // What a driver would send first is left out: it would change the modem.
  async::Task<> converse(serial::Port port) {
    modem::Terminal terminal(std::move(port));
    async::Scope children(co_await async::this_executor());
    children.spawn(terminal.read());
    children.spawn(x_ear.overhear(terminal));
    const modem::Driver plain;
    modem::Approach approach(terminal, plain);
    x_found.answered = co_await approach.run(std::nullopt);
    if (x_found.answered) co_await interview(terminal);
    if (terminal.over()) x_found.trouble = terminal.why();
    terminal.end("The probe is over.");
    co_await children.join();
  }

  async::Task<> interview(modem::Terminal& terminal) {
    ProbeLine line(terminal, x_watching);
    ProbeSettings settings(line);
    const std::string errors = co_await settings.remember("+CMEE");
    if (!errors.empty()) co_await line.ask(at::plain("AT+CMEE=1"));
    x_found.identity = co_await identity_of(line);
    const std::string usb = x_found.place.usb ? x_found.place.usb->id : std::string();
    x_found.recognition = recognition_of(x_drivers, x_found.identity, usb);
    x_found.sim = co_await sim_of(line, x_drivers);
    x_found.network = co_await network_of(line);
    std::vector<std::string> routes = modem::first_driver(x_drivers, {}).report_routes;
    auto trying = messaging_of(line, settings, std::move(routes));
    x_found.messaging = co_await std::move(trying);
    x_found.interrupted = line.interrupted();
    x_found.not_put_back = co_await settings.put_back();
    x_found.exchanges = line.exchanges();
  }

  // Through a new opening of the port: a terminal does not keep all that it hears.
  async::Task<> listen() {
    auto port = open(co_await async::this_executor());
    if (!port) co_return;
    auto listening = x_ear.listen(std::move(*port), x_probing.listen, x_watching);
    co_await std::move(listening);
  }

  const Probing& x_probing;
  const std::vector<modem::Driver>& x_drivers;
  const Watching& x_watching;
  Eavesdropper x_ear;
  Findings x_found;
  bool x_done = false;
};

}  // namespace

Findings probe(const Probing& probing, const std::vector<modem::Driver>& drivers, const Watching& watching) {
  boost::asio::io_context loop(1);
  Probe whole(probing, drivers, watching);
  async::Scope scope(loop.get_executor());
  scope.spawn(whole.run());
  loop.run();
  if (!whole.done()) throw std::runtime_error("the probe of " + probing.port + " ended before its end");
  return whole.take();
}

}  // namespace burstd::ctl
