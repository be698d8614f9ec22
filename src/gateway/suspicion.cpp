#include "gateway/suspicion.hpp"

#include <algorithm>
#include <array>

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::minutes, 5> rests{1min, 2min, 4min, 8min, 15min};
constexpr std::chrono::minutes of_a_blocked_one = 1h;
constexpr std::size_t any_run = 6;  // refusals of different numbers, whatever they blame
constexpr const char* looks_blocked =
    "Several messages to different numbers were refused one after the other. The operator may have blocked this SIM, "
    "or "
    "it has no credit; ask it, and whether the contract allows what is sent.";

std::size_t threshold(const modem::Refused& refused) {
  return static_cast<std::size_t>(refused.suspect_after.value_or(base::suspect_after(refused.blame)));
}

}  // namespace

std::optional<Suspicion::Rest> Suspicion::judge(const std::string& number, const modem::Verdict& verdict) {
  if (std::holds_alternative<modem::Accepted>(verdict)) {
    *this = Suspicion{};
    return std::nullopt;
  }
  const auto* refused = std::get_if<modem::Refused>(&verdict);
  if (refused == nullptr || threshold(*refused) == 0) return std::nullopt;
  const bool of_the_sim = threshold(*refused) < any_run;
  x_in_a_row.insert(number);
  if (of_the_sim) x_of_the_sim.insert(number);
  if (!of_the_sim) x_of_the_sim.clear();
  const bool told = of_the_sim && x_of_the_sim.size() >= threshold(*refused);
  if (!told && x_in_a_row.size() < any_run) return std::nullopt;
  return rest(*refused, told);
}

// A code that is known for it has a number of its own; another that blames the SIM may be over soon.
Suspicion::Rest Suspicion::rest(const modem::Refused& refused, bool told) {
  const auto step = std::min<std::size_t>(static_cast<std::size_t>(x_rests++), rests.size() - 1);
  const bool known = told && refused.suspect_after && *refused.suspect_after != 0;
  const bool speaks = refused.blame == base::Blame::sim || (!told && refused.blame == base::Blame::transient);
  const auto numbers = told ? x_of_the_sim.size() : x_in_a_row.size();
  return Rest{known ? of_a_blocked_one : rests.at(step), speaks ? refused.sentence : looks_blocked,
              static_cast<int>(numbers)};
}

}  // namespace burstd::gateway
