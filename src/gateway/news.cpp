#include "gateway/news.hpp"

namespace burstd::gateway {

namespace {

// "left, The SIM waits for its PIN."
std::string words_of(const Sight& sight) {
  return sight.name.empty() || sight.detail.empty() ? sight.name + sight.detail : sight.name + ", " + sight.detail;
}

store::Change change_of(const Sight& sight, const std::string& before, base::Time at) {
  store::Change change;
  change.at = at;
  change.kind = sight.kind;
  change.event = sight.event;
  if (!before.empty()) change.from = before;
  change.to = sight.state;
  if (const std::string words = words_of(sight); !words.empty()) change.detail = words;
  return change;
}

}  // namespace

std::vector<store::Change> News::look(const std::vector<Sight>& sights, base::Now now) {
  std::vector<store::Change> due;
  for (const Sight& sight : sights) {
    const auto [place, first] = x_told.try_emplace(std::pair(sight.kind, sight.name));
    Told& told = place->second;
    if (first && sight.usual) told.state = sight.state;
    if (told.state == sight.state) continue;
    while (!told.lately.empty() && told.lately.front() + in <= now.steady) told.lately.pop_front();
    if (told.lately.size() == most) continue;
    due.push_back(change_of(sight, told.state, now.wall));
    told.lately.push_back(now.steady);
    told.state = sight.state;
  }
  return due;
}

store::Change gateway_change(std::string event, base::Time at) {
  store::Change change;
  change.at = at;
  change.kind = "gateway";
  change.event = std::move(event);
  return change;
}

}  // namespace burstd::gateway
