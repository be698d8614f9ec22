#include "gateway/suspicion.hpp"

#include <algorithm>
#include <array>

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::minutes, 5> rests{1min, 2min, 4min, 8min, 15min};
constexpr int suspicious = 2;  // refusals of the SIM
constexpr int blocked = 6;     // refusals of different recipients, of which none was its own fault alone
constexpr const char* looks_blocked =
    "Several messages to different numbers were refused one after the other. The operator may have blocked this SIM; "
    "ask "
    "it, and whether the contract allows what is sent.";

}  // namespace

std::optional<Suspicion::Rest> Suspicion::judge(message::Key message, const modem::Verdict& verdict) {
  if (std::holds_alternative<modem::Accepted>(verdict)) {
    *this = Suspicion{};
    return std::nullopt;
  }
  const auto* refused = std::get_if<modem::Refused>(&verdict);
  if (refused == nullptr || refused->blame == base::Blame::ours || message == x_last) return std::nullopt;
  x_last = message;
  ++x_in_a_row;
  x_of_the_sim = refused->blame == base::Blame::sim ? x_of_the_sim + 1 : 0;
  const bool by_sim = x_of_the_sim >= suspicious;
  const bool by_run = x_in_a_row >= blocked;
  if (!by_sim && !by_run) return std::nullopt;
  const auto step = std::min<std::size_t>(static_cast<std::size_t>(x_rests++), rests.size() - 1);
  return Rest{rests.at(step), by_sim ? refused->sentence : looks_blocked, by_sim ? x_of_the_sim : x_in_a_row};
}

}  // namespace burstd::gateway
