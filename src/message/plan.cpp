#include "message/plan.hpp"

#include <algorithm>

namespace burstd::message {

void Plan::add(Job job) {
  remove(job.message);
  const Key key = job.message;
  x_later.emplace(job.ready_at, key);
  x_expiring.emplace(job.expires_at, key);
  x_jobs.emplace(key, Entry{std::move(job)});
}

void Plan::remove(Key message) {
  const auto found = x_jobs.find(message);
  if (found == x_jobs.end()) return;
  dequeue(found->second);
  x_later.erase({found->second.job.ready_at, message});
  x_expiring.erase({found->second.job.expires_at, message});
  x_jobs.erase(found);
}

void Plan::sim_ready(const std::string& sim) { x_sims.insert(sim); }

void Plan::sim_gone(const std::string& sim) { x_sims.erase(sim); }

std::optional<Job> Plan::take(const std::string& sim, base::Time now) {
  make_ready(now);
  const Asker asker{sim, now};
  if (const auto pinned = x_pinned.find(sim); pinned != x_pinned.end()) {
    if (const auto key = first_for(pinned->second, asker)) return release(*key);
  }
  for (Lane& lane : x_lanes) {
    if (const auto key = next_in(lane, asker)) return release(*key);
  }
  return std::nullopt;
}

std::vector<Key> Plan::expired(base::Time now) const {
  std::vector<Key> keys;
  for (const auto& [when, key] : x_expiring) {
    if (when > now) break;
    keys.push_back(key);
  }
  return keys;
}

std::optional<base::Time> Plan::next_ready() const {
  return x_later.empty() ? std::nullopt : std::optional{x_later.begin()->first};
}

std::optional<base::Time> Plan::next_expiry() const {
  return x_expiring.empty() ? std::nullopt : std::optional{x_expiring.begin()->first};
}

void Plan::make_ready(base::Time now) {
  while (!x_later.empty() && x_later.begin()->first <= now) {
    const Key key = x_later.begin()->second;
    x_later.erase(x_later.begin());
    enqueue(x_jobs.at(key));
  }
}

void Plan::enqueue(Entry& entry) {
  entry.ready = true;
  if (entry.job.sim) {
    x_pinned[*entry.job.sim].insert(entry.job.message);
  } else {
    lane_of(entry.job).bursts[entry.job.burst].insert(entry.job.message);
  }
}

void Plan::dequeue(const Entry& entry) {
  if (!entry.ready) return;
  const Job& job = entry.job;
  if (job.sim) {
    x_pinned[*job.sim].erase(job.message);
    return;
  }
  Lane& lane = lane_of(job);
  const auto burst = lane.bursts.find(job.burst);
  burst->second.erase(job.message);
  if (burst->second.empty()) lane.bursts.erase(burst);
}

// The first burst after the one served last, round and round.
std::optional<Key> Plan::next_in(Lane& lane, const Asker& asker) {
  auto burst = lane.bursts.upper_bound(lane.last);
  for (std::size_t seen = 0; seen < lane.bursts.size(); ++seen, ++burst) {
    if (burst == lane.bursts.end()) burst = lane.bursts.begin();
    if (const auto key = first_for(burst->second, asker)) {
      lane.last = burst->first;
      return key;
    }
  }
  return std::nullopt;
}

std::optional<Key> Plan::first_for(const std::set<Key>& keys, const Asker& asker) const {
  const auto found = std::ranges::find_if(keys, [&](Key key) { return may_go(x_jobs.at(key).job, asker); });
  return found == keys.end() ? std::nullopt : std::optional{*found};
}

// Not after its time, and not over the SIM that has just refused it while there is another.
bool Plan::may_go(const Job& job, const Asker& asker) const {
  if (job.expires_at <= asker.now) return false;
  if (job.avoid != asker.sim) return true;
  return std::ranges::none_of(x_sims, [&](const std::string& other) { return other != asker.sim; });
}

Job Plan::release(Key message) {
  Job job = x_jobs.at(message).job;
  remove(message);
  return job;
}

}  // namespace burstd::message
