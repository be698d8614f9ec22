#include "gateway/clock.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>

#include "async/task.hpp"

namespace burstd::gateway {

namespace {

constexpr std::chrono::minutes agreement{10};                                          // a report takes its time
constexpr base::Time written{std::chrono::sys_days{std::chrono::year{2025} / 1 / 1}};  // no right clock shows less
constexpr const char* until_it_is_known =
    "Nothing is sent and nothing expires until a modem's network tells the time, or somebody sets the clock: "
    "timedatectl set-time, or the time server of the house. If it is right as it is: burstctl trust-clock.";

constexpr base::Milliseconds lag = std::chrono::minutes{10};  // of a restart

std::atomic<bool> confirmed = false;
std::atomic<bool> by_network = false;  // the machine's clock is wrong, and the network's time goes before it

// What has passed for certain, and when that was. Nothing: nobody has begun the clock, so that it is believed.
struct Passed {
  base::Time wall;
  base::Steady at;
};
std::optional<Passed> passed;

std::atomic<base::Milliseconds::rep> set_back = 0;

bool agrees(base::Time told) { return std::chrono::abs(told - async::now().wall) <= agreement; }

// By the machine's clock from now on.
void follow() {
  const auto apart = async::clock_apart();
  if (apart && apart->count() < 0) set_back -= apart->count();
  async::follow_clock();
  by_network = false;
}

// By the network's from now on.
void go_by(base::Time told) {
  const base::Milliseconds ahead = async::now().wall - told;
  if (ahead.count() > 0) set_back += ahead.count();
  async::set_clock(told);
  confirmed = true;
  by_network = true;
}

std::string in_words(base::Milliseconds span) {
  constexpr std::int64_t day = 1440;
  const auto minutes = std::chrono::round<std::chrono::minutes>(std::chrono::abs(span)).count();
  if (minutes < 120) return std::to_string(minutes) + " minutes";
  if (minutes < 2 * day) return std::to_string((minutes + 30) / 60) + " hours";
  return std::to_string(minutes / day) + " days";
}

}  // namespace

void witness_clock(base::Time told) {
  if (agrees(told)) confirmed = true;
  const auto apart = async::clock_apart();
  if (!apart) return;
  const base::Time machine = async::now().wall + *apart;
  if (std::chrono::abs(told - machine) > agreement) return;
  follow();
  spdlog::warn("the machine's clock has jumped by {} and the network's time agrees: the gateway follows it",
               in_words(*apart));
}

bool witnesses_count() { return async::clock_apart().has_value() || !confirmed; }

void hear_network_time(base::Time told, const std::string& modem) {
  witness_clock(told);
  const bool later = told + agreement >= async::now().wall;
  const bool earlier = !confirmed && passed && !later && told + agreement >= passed->wall;
  if (!earlier && !(async::clock_doubted() && later)) return;
  go_by(told);
  spdlog::warn("the machine's clock is wrong; the gateway goes by the time that the network tells modem {}", modem);
}

void begin_clock(const OnRecord& times) {
  async::begin_clock(std::max(times.newest.value_or(written), written));
  const base::Now now = async::now();
  passed = Passed{times.deed.value_or(now.wall), now.steady};
  confirmed = false;
  by_network = false;
  follow_system_clock();
  set_back = 0;  // nothing is planned yet
  if (!async::clock_doubted()) return;
  spdlog::error("the machine's clock cannot be right: it shows a time before what is on record. {}", until_it_is_known);
}

void trust_clock(const std::string& who) {
  follow();
  confirmed = true;
  spdlog::warn("{} vouches for the machine's clock: the gateway follows it", who);
}

bool time_is_wanted() { return async::clock_apart().has_value() || ends_are_put_off(); }

// Reports and replies are no such witness alone: they may have waited for days.
void follow_system_clock() {
  if (!async::clock_apart()) by_network = false;
  if (!async::clock_doubted() || !async::system_clock_synchronised()) return;
  follow();
  spdlog::warn("the machine's clock is synchronised: the gateway goes by it");
}

base::Milliseconds take_set_back() { return base::Milliseconds{set_back.exchange(0)}; }

base::Time certain_time() {
  const base::Now now = async::now();
  if (!passed || confirmed || async::system_clock_synchronised()) return now.wall;
  return std::min(now.wall, passed->wall + std::chrono::floor<base::Milliseconds>(now.steady - passed->at));
}

bool ends_are_put_off() { return certain_time() + lag < async::now().wall; }

std::string unconfirmed_sentence() {
  return "Nobody has told the same time as the machine's clock since the start. What is over by it waits until a "
         "message "
         "or report of the network does, or a time server: only then it expires. If the clock is wrong, set it: "
         "timedatectl set-time. If it is right: burstctl trust-clock.";
}

std::string clock_sentence() {
  const auto apart = async::clock_apart();
  if (async::clock_doubted())
    return "The machine's clock shows a time before what is on record. " + std::string(until_it_is_known);
  if (!apart) return "";
  if (by_network)
    return "The machine's clock is wrong by " + in_words(*apart) +
           "; the gateway goes by the time that the network tells. Set the machine's clock: timedatectl set-time.";
  return "The machine's clock has jumped " + in_words(*apart) + (apart->count() > 0 ? " ahead" : " back") +
         ". Until a message or report of the network tells the same time, the gateway goes by the time before; if the "
         "new time is right: burstctl trust-clock.";
}

}  // namespace burstd::gateway
