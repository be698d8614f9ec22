#include "store/refold.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "message/fold.hpp"
#include "store/messages.hpp"

namespace burstd::store {

namespace {

using message::Progress;
using Standings = std::map<int, message::Standing>;

// What the administrator may have set when it was folded.
constexpr std::array<message::StatusRules, 4> all_rules{
    message::StatusRules{false, false}, {false, true}, {true, false}, {true, true}};

std::string words_for(message::Key key) { return "message " + std::to_string(key); }

// What does not follow from the row before it.
std::optional<Broken> replay(const Change& change, Standings& standings) {
  const auto wrong = [&](const std::string& why) {
    return Broken{
        "history", change.seq,
        "History row " + std::to_string(change.seq) + " of " + words_for(change.message.value_or(0)) + " " + why};
  };
  message::Standing& stand = standings[*change.part];
  const auto event = message::event_from(change.event);
  if (!event) return wrong("names an event that is not known");
  if (change.from != message::to_string(stand.state)) return wrong("does not begin where the row before it ended");
  const auto next = message::next(stand, *event);
  if (!next || change.to != message::to_string(next->state)) return wrong("is a change that the rules do not have");
  stand = *next;
  return std::nullopt;
}

bool same(const Progress& one, const Progress& other) {
  return one.state == other.state && one.status == other.status && one.window_over == other.window_over &&
         one.error_code == other.error_code && one.error == other.error && one.sent_at == other.sent_at &&
         one.delivered_at == other.delivered_at && one.confirmation == other.confirmation;
}

bool folds_to(const Progress& stored, const std::vector<message::Part>& parts) {
  return std::ranges::any_of(
      all_rules, [&](const message::StatusRules& rules) { return same(stored, message::fold(stored, parts, rules)); });
}

std::optional<Broken> check_parts(const std::vector<message::Part>& parts, Standings standings, message::Key key) {
  for (const message::Part& part : parts) {
    const message::Standing folded = standings[part.number];
    standings.erase(part.number);
    if (part.standing == folded) continue;
    return Broken{"part", key,
                  "Part " + std::to_string(part.number) + " of " + words_for(key) + " is " +
                      std::string(message::to_string(part.standing.state)) + ", but its history makes it " +
                      std::string(message::to_string(folded.state)) +
                      (part.standing.state == folded.state ? " by another word of the network" : "")};
  }
  if (standings.empty()) return std::nullopt;
  return Broken{"part", key,
                "Part " + std::to_string(standings.begin()->first) + " of " + words_for(key) + " is missing"};
}

}  // namespace

std::optional<Broken> refold(const Connection& connection, message::Key key) {
  const auto record = find_message(connection, key);
  const auto parts = parts_of(connection, key);
  const auto history = history_of(connection, key);
  const auto wrong = [&](const std::string& why) {
    return Broken{"message", key, "Message " + std::to_string(key) + why};
  };
  if (!record || history.empty() || history.front().event != recorded) return wrong(" has no history");
  if (parts.empty()) return wrong(" has no parts");
  Standings standings;
  for (const Change& change : history) {
    if (!change.part) continue;
    if (auto broken = replay(change, standings)) return broken;
  }
  if (auto broken = check_parts(parts, std::move(standings), key)) return broken;
  if (!folds_to(record->progress, parts)) return wrong(" is not what its parts make it");
  if (record->progress.change_seq != history.back().seq)
    return wrong(" names another row of the history than its last as its newest change");
  return std::nullopt;
}

}  // namespace burstd::store
