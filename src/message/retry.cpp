#include "message/retry.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace burstd::message {

namespace {

using namespace std::chrono_literals;
using base::Patience;
using std::chrono::seconds;

// What is said of a code ends, where that is short, with a last try an hour later.
constexpr std::array<seconds, 4> usual{30s, 2min, 10min, 1h};
constexpr std::array<seconds, 4> quick{10s, 1min, 5min, 1h};
constexpr std::array<seconds, 4> slow{1min, 5min, 15min, 1h};
constexpr std::array<seconds, 2> very_slow{10min, 1h};
constexpr std::array<seconds, 3> phone_away{5min, 30min, 2h};
constexpr std::array<seconds, 3> centre_fault{5min, 30min, 1h};
constexpr std::array<seconds, 9> sim_busy{1s, 2s, 4s, 8s, 16s, 32s, 60s, 10min, 1h};
constexpr std::array<seconds, 4> half_minute{30s, 30s, 30s, 1h};
constexpr std::array<seconds, 4> elsewhere{5s, 2min, 10min, 1h};
constexpr std::array<seconds, 2> another_sim{5s, 2min};
constexpr std::array<seconds, 1> once{30s};
constexpr std::array<seconds, 2> twice{30s, 2min};

struct Schedule {
  Patience patience;
  std::span<const seconds> pauses;
};
constexpr std::array schedules{Schedule{Patience::usual, usual},
                               Schedule{Patience::quick, quick},
                               Schedule{Patience::slow, slow},
                               Schedule{Patience::congested, slow},
                               Schedule{Patience::very_slow, very_slow},
                               Schedule{Patience::phone_away, phone_away},
                               Schedule{Patience::centre_fault, centre_fault},
                               Schedule{Patience::sim_busy, sim_busy},
                               Schedule{Patience::half_minute, half_minute},
                               Schedule{Patience::elsewhere, elsewhere},
                               Schedule{Patience::another_sim, another_sim},
                               Schedule{Patience::once, once},
                               Schedule{Patience::twice, twice}};

std::span<const seconds> pauses_of(const Refusal& refusal) {
  return pauses(refusal.patience.value_or(base::patience_of(refusal.blame)));
}

Decision again(const Refusal& refusal) {
  const auto span = pauses_of(refusal);
  const auto step = static_cast<std::size_t>(std::max(refusal.tries, 1) - 1);
  if (step >= span.size()) return {Event::refused_for_good, std::nullopt};
  const base::Time next = refusal.now + span[step];
  if (next >= refusal.expires_at) return {Event::refused_for_good, std::nullopt};
  return {Event::refused_for_now, next};
}

bool is_final(base::Blame blame) { return blame == base::Blame::recipient || blame == base::Blame::ours; }

// Where the clause begins in which another try is promised; the whole length where none is.
std::size_t promise_in(std::string_view sentence) {
  std::size_t begin = 0;
  while (begin < sentence.size()) {
    const std::size_t end = std::min(sentence.find_first_of(".,;", begin), sentence.size());
    const std::string_view clause = sentence.substr(begin, end - begin);
    const bool promised =
        clause.find("again") != std::string_view::npos || clause.find("Restarting") != std::string_view::npos;
    if (promised && clause.find("not tried") == std::string_view::npos) return begin;
    begin = end + 1;
  }
  return sentence.size();
}

// The times after which a status that may be repeated is.
struct Repeats {
  int status;
  std::array<seconds, 2> after;
  std::size_t most = 2;
  bool elsewhere = false;  // over another SIM or not at all
};
constexpr std::array repeats{Repeats{0x40, {5s}, 1, true}, Repeats{0x45, {5s}, 1, true}, Repeats{0x60, {1h, 1h}},
                             Repeats{0x61, {1h, 1h}},      Repeats{0x62, {2h, 6h}},      Repeats{0x64, {1h, 1h}},
                             Repeats{0x65, {2h, 2h}}};

}  // namespace

std::span<const seconds> pauses(Patience patience) {
  return std::ranges::find(schedules, patience, &Schedule::patience)->pauses;
}

Decision decide(const Refusal& refusal) {
  if (is_final(refusal.blame)) return {Event::refused_for_good, std::nullopt};
  if (refusal.blame == base::Blame::unknown && !refusal.before_air) return {Event::lost, std::nullopt};
  return again(refusal);
}

std::string last_words(const std::string& sentence, const Refusal& refusal) {
  std::string words = sentence.substr(0, promise_in(sentence));
  while (!words.empty() && std::string_view(" .,;").find(words.back()) != std::string_view::npos) words.pop_back();
  words = words.empty() ? "The message could not be sent." : words + ".";
  if (is_final(refusal.blame)) return words;
  const auto most = pauses_of(refusal).size() + 1;
  if (static_cast<std::size_t>(std::max(refusal.tries, 1)) < most)
    return words + " There was no time left for another try.";
  return words + " It was tried " + std::to_string(refusal.tries) + " times.";
}

std::optional<base::Time> repeat_at(const Undelivered& undelivered) {
  const auto* const found = std::ranges::find(repeats, undelivered.status, &Repeats::status);
  const auto which = static_cast<std::size_t>(std::max(undelivered.repeats, 0));
  if (found == repeats.end() || which >= found->most) return std::nullopt;
  if (found->elsewhere && !undelivered.another_sim) return std::nullopt;
  const base::Time next = undelivered.now + found->after.at(which);
  if (next >= undelivered.expires_at) return std::nullopt;
  return next;
}

}  // namespace burstd::message
