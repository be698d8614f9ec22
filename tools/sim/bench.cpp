#include "sim/bench.hpp"

#include <boost/asio/post.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace burstd::sim {

Bench::Bench(const async::Executor& executor, const Options& options)
    : x_options(options),
      x_scope(executor),
      x_openings(executor),
      x_file(options.log),
      x_agenda(async::now()),
      x_journal(x_agenda, [this](std::string_view line) { keep(line); }),
      x_ambush(x_agenda, x_journal, [this](bool lose) { fall_silent(lose); }),
      x_network(options, x_agenda, x_journal),
      x_random(options.seed) {
  if (!options.bus.empty()) x_bus.emplace(options, x_agenda, x_openings);
  const Ground ground{executor, x_scope, x_openings, bus()};
  for (int number = 1; number <= options.modems; ++number) {
    auto profile = profile_for(number, options);
    if (!profile) throw std::runtime_error(profile.error().sentence);
    const Stage stage{options, x_agenda, x_journal, x_network, x_profiles.emplace_back(std::move(*profile))};
    x_ports.emplace_back(ground, stage, make_identity(options.seed, number));
    if (x_bus) x_bus->dress(x_ports.back().modem().identity().name, stage.profile.usb);
  }
}

Bench::~Bench() = default;

void Bench::keep(std::string_view line) {
  if (x_failed) return;
  const auto kept = x_file.write(line);
  if (kept) return;
  x_failed = true;
  std::fprintf(stderr, "burst-modem-sim: %s\n", kept.error().sentence.c_str());
  boost::asio::post(x_ports.front().executor(), [this] { stop(); });
}

// Whoever had the ports open is gone.
void Bench::fall_silent(bool lose) {
  for (Port& port : x_ports) port.fall_silent(lose);
}

base::Result<void> Bench::set_refusals(const std::vector<std::string>& texts, bool sent) {
  for (const auto& text : texts) {
    const auto rule = read_assignment(text);
    if (!rule) return rule.error();
    const auto code = read_counted(rule->value);
    if (!code) return code.error();
    x_network.rules().refuse(rule->pattern, Refusal{code->code, sent}, code->count);
  }
  return {};
}

base::Result<void> Bench::set_prompt_refusals() {
  for (const auto& text : x_options.refuse_at_prompt) {
    const auto code = read_counted(text);
    if (!code) return code.error();
    for (Port& port : x_ports) port.modem().refuse_at_prompt(code->code, code->count);
  }
  return {};
}

base::Result<void> Bench::set_rules() {
  for (const auto& text : x_options.fail) {
    const auto rule = read_assignment(text);
    if (!rule) return rule.error();
    const auto statuses = read_statuses(rule->value);
    if (!statuses) return statuses.error();
    x_network.rules().fail(rule->pattern, *statuses);
  }
  for (const auto& pattern : x_options.no_report) x_network.rules().silence(pattern);
  const auto refused = set_refusals(x_options.refuse, false);
  if (!refused) return refused;
  const auto lied = set_refusals(x_options.refuse_but_send, true);
  if (!lied) return lied;
  return set_prompt_refusals();
}

base::Result<void> Bench::set_story() {
  if (x_options.transcript.empty()) return {};
  std::ifstream file(x_options.transcript, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto story = read_transcript(text);
  if (!story) return story.error();
  x_ports.front().play(std::move(*story));
  return {};
}

base::Result<void> Bench::set_bus() {
  if (!x_bus) return {};
  return x_bus->start([this](const std::string& modem, bool on) {
    Port* port = find(modem);
    if (port == nullptr || x_stopping) return;
    if (on) {
      port->plug();
    } else {
      port->unplug(false);
    }
  });
}

base::Result<void> Bench::start() {
  auto begun = set_rules();
  if (begun) begun = set_bus();
  if (begun) begun = set_story();
  x_scope.spawn(keep_time());
  x_scope.spawn(x_openings.run());
  for (Port& port : x_ports) {
    if (begun) begun = port.plug();
  }
  if (begun && x_failed)
    begun = base::Error{base::Fault::broken, "journal-failed", "There is no run without a journal."};
  if (!begun) stop();
  return begun;
}

void Bench::stop() {
  if (std::exchange(x_stopping, true)) return;
  for (Port& port : x_ports) port.unplug(true);
  if (x_bus) x_bus->stop();
  x_openings.stop();
  x_sooner.notify();
  if (x_when_stopping) x_when_stopping();
}

void Bench::tick() {
  x_openings.drain();
  x_agenda.advance(async::now());
}

async::Task<> Bench::keep_time() {
  x_agenda.when_sooner([this] { x_sooner.notify(); });
  while (!x_stopping) {
    const auto next = x_agenda.next();
    co_await x_sooner.wait_until(next.value_or(base::Steady::max()));
    if (!x_stopping) tick();
  }
}

Port* Bench::find(std::string_view name) {
  for (Port& port : x_ports) {
    if (port.modem().identity().name == name) return &port;
  }
  return nullptr;
}

std::string Bench::noise(std::size_t octets) {
  std::string noise;
  while (noise.size() < octets) noise.push_back(static_cast<char>(x_random() & 0xFFU));
  return noise;
}

}  // namespace burstd::sim
