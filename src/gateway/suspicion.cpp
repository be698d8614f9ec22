#include "gateway/suspicion.hpp"

#include <algorithm>
#include <array>

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::minutes, 5> rests{1min, 2min, 4min, 8min, 15min};
constexpr std::chrono::minutes of_a_blocked_one = 1h;
constexpr std::size_t any_run = 6;  // refusals of different numbers, whatever they blame …
constexpr std::size_t phones_run = base::suspect_after_phones;  // … but the recipient, and whatever they blame
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
  const std::size_t needed = threshold(*refused);
  (needed >= phones_run ? x_phones : x_in_a_row).insert(number);
  if (needed < any_run) x_of_the_sim.insert(number);
  if (needed >= any_run) x_of_the_sim.clear();
  const auto found = ground(needed);
  if (!found) return std::nullopt;
  return rest(*refused, *found);
}

std::optional<Suspicion::Ground> Suspicion::ground(std::size_t needed) const {
  if (needed < any_run && x_of_the_sim.size() >= needed) return Ground::sim;
  if (needed < phones_run && x_in_a_row.size() >= any_run) return Ground::run;
  if (x_in_a_row.size() + x_phones.size() >= phones_run) return Ground::phones;
  return std::nullopt;
}

// A code that is known for it has a number of its own; another that blames the SIM may be over soon. What is said of
// one number is no reason.
Suspicion::Rest Suspicion::rest(const modem::Refused& refused, Ground ground) {
  const auto step = std::min<std::size_t>(static_cast<std::size_t>(x_rests++), rests.size() - 1);
  const bool known = ground == Ground::sim && refused.suspect_after && *refused.suspect_after != 0;
  const bool of_the_network = ground == Ground::run && refused.blame == base::Blame::transient;
  const bool speaks = of_the_network || (ground != Ground::phones && refused.blame == base::Blame::sim);
  const std::size_t phones = ground == Ground::phones ? x_phones.size() : 0;
  const std::size_t numbers = ground == Ground::sim ? x_of_the_sim.size() : x_in_a_row.size() + phones;
  return Rest{known ? of_a_blocked_one : rests.at(step), speaks ? refused.sentence : looks_blocked,
              static_cast<int>(numbers)};
}

}  // namespace burstd::gateway
