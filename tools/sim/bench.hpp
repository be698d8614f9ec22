// The whole of a run on one loop: the modems on their ports, the network, the journal and the time. main
// starts and stops it, orders.hpp changes it while it runs.
#pragma once

#include <deque>
#include <functional>
#include <random>
#include <string>
#include <string_view>

#include "async/scope.hpp"
#include "sim/ambush.hpp"
#include "sim/port.hpp"

namespace burstd::sim {

class Bench {
 public:
  // Throws when the journal cannot be opened or a profile cannot be read.
  Bench(const async::Executor& executor, const Options& options);
  ~Bench();
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  // Rules of the command line, ports, transcript. After an error nothing of it runs.
  base::Result<void> start();

  // Everything ends; the loop runs dry.
  void stop();
  bool stopping() const { return x_stopping; }
  void when_stopping(std::function<void()> act) { x_when_stopping = std::move(act); }
  bool failed() const { return x_failed; }  // the journal could not be kept

  // The time is now: what is due happens. Called before everything from outside.
  void tick();

  std::deque<Port>& ports() { return x_ports; }
  Port* find(std::string_view name);
  Network& network() { return x_network; }
  UsbBus* bus() { return x_bus ? &*x_bus : nullptr; }
  Agenda& agenda() { return x_agenda; }
  Ambush& ambush() { return x_ambush; }
  async::Scope& scope() { return x_scope; }
  std::string noise(std::size_t octets);
  int next_letter() { return ++x_letters; }

 private:
  async::Task<> keep_time();
  void keep(std::string_view line);
  void fall_silent(bool lose);
  base::Result<void> set_rules();
  base::Result<void> set_refusals(const std::vector<std::string>& texts, bool sent);
  base::Result<void> set_prompt_refusals();
  base::Result<void> set_story();
  base::Result<void> set_bus();

  const Options& x_options;
  async::Scope x_scope;
  Openings x_openings;
  JournalFile x_file;
  Agenda x_agenda;
  Journal x_journal;
  Ambush x_ambush;
  Network x_network;
  std::optional<UsbBus> x_bus;
  std::deque<Profile> x_profiles;  // one a port
  std::deque<Port> x_ports;
  std::mt19937_64 x_random;
  async::Signal x_sooner;
  std::function<void()> x_when_stopping;
  int x_letters = 0;
  bool x_stopping = false;
  bool x_failed = false;
};

}  // namespace burstd::sim
