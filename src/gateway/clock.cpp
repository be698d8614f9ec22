#include "gateway/clock.hpp"

#include <spdlog/spdlog.h>

#include "async/task.hpp"

namespace burstd::gateway {

namespace {

constexpr std::chrono::minutes agreement{10};  // a report takes its time

std::string in_words(base::Milliseconds span) {
  constexpr std::int64_t day = 1440;
  const auto minutes = std::chrono::round<std::chrono::minutes>(std::chrono::abs(span)).count();
  if (minutes < 120) return std::to_string(minutes) + " minutes";
  if (minutes < 2 * day) return std::to_string((minutes + 30) / 60) + " hours";
  return std::to_string(minutes / day) + " days";
}

}  // namespace

void witness_clock(base::Time told) {
  const auto apart = async::clock_apart();
  if (!apart) return;
  const base::Time machine = async::now().wall + *apart;
  if (std::chrono::abs(told - machine) > agreement) return;
  async::follow_clock();
  spdlog::warn("the machine's clock has jumped by {} and the network's time agrees: the gateway follows it",
               in_words(*apart));
}

std::string clock_sentence() {
  const auto apart = async::clock_apart();
  if (!apart) return "";
  return "The machine's clock has jumped " + in_words(*apart) + (apart->count() > 0 ? " ahead" : " back") +
         ". Until a message or report of the network tells the same time, the gateway goes by the time before; if the "
         "new time is right, restart it.";
}

}  // namespace burstd::gateway
