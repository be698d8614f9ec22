#include "gateway/alarms.hpp"

#include <string_view>
#include <utility>

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds quiet_time = 10min;
constexpr std::string_view promise = "IT has been told";
constexpr const char* fault_of_ours =
    "It may be a fault of this service: report it, with what `burstctl show` says of the message.";
constexpr const char* fault_of_the_sim = "Ask the operator what this SIM may send.";

std::string line_of(const modem::Refused& refused, int more) {
  std::string sentence = refused.sentence.substr(0, refused.sentence.find(promise));
  if (more > 0)
    sentence += "It was so " + std::to_string(more) + (more == 1 ? " more time" : " more times") +
                " since this was last told. ";
  const bool of_the_sim = refused.blame == base::Blame::sim;
  return "a message was refused (" + refused.result + "). " + sentence +
         (of_the_sim ? fault_of_the_sim : fault_of_ours);
}

}  // namespace

std::optional<std::string> Alarms::judge(const std::string& sim, const modem::Refused& refused, base::Steady now) {
  if (refused.sentence.find(promise) == std::string::npos) return std::nullopt;
  const auto [told, first] = x_told.try_emplace({sim, refused.result}, Told{now, 0});
  if (!first && now - told->second.at < quiet_time) {
    ++told->second.since;
    return std::nullopt;
  }
  const int more = std::exchange(told->second, Told{now, 0}).since;
  return line_of(refused, more);
}

}  // namespace burstd::gateway
