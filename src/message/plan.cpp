#include "message/plan.hpp"

#include <algorithm>
#include <utility>

namespace burstd::message {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds until_looked_again = 1min;
constexpr base::Milliseconds others_have_had_it = 2min;   // then the SIM that refused it may try again
constexpr base::Milliseconds longest_pause = 6h;          // between two tries
constexpr base::Milliseconds longest_preference = 10min;  // what is later was said by a clock that was wrong

}  // namespace

void Plan::add(Job job) {
  remove(job.message);
  Entry& entry = x_jobs.emplace(job.message, entry_of(job)).first->second;
  x_later.insert(entry);
  x_expiring.insert(entry);
  x_barren.clear();
}

void Plan::remove(Key message) {
  const auto found = x_jobs.find(message);
  if (found == x_jobs.end()) return;
  dequeue(found->second);
  x_expiring.erase(x_expiring.iterator_to(found->second));
  x_jobs.erase(found);
}

void Plan::sim_ready(const std::string& sim) {
  x_sims.insert(x_words.id(sim));
  x_barren.clear();
}

void Plan::sim_gone(const std::string& sim) {
  x_sims.erase(x_words.id(sim));
  x_barren.clear();
}

bool Plan::close(const std::set<std::string>& categories) {
  std::set<Word> closed;
  for (const std::string& category : categories) closed.insert(x_words.id(category));
  if (closed == x_closed) return false;
  x_closed = std::move(closed);
  x_barren.clear();
  return true;
}

void Plan::set_back(base::Time now) {
  std::vector<Entry*> unreachable;
  for (auto later = x_later.rbegin(); later != x_later.rend() && later->ready_at > now; ++later) {
    const bool next_try = later->refused && later->ready_at <= now + longest_pause;
    if (!later->appointed && !next_try) unreachable.push_back(&*later);
  }
  for (Entry* const entry : unreachable) {
    x_later.erase(x_later.iterator_to(*entry));
    entry->ready_at = now;
    x_later.insert(*entry);
  }
}

Plan::Offer Plan::take(const Asker& asker) {
  make_ready(asker.now);
  if (asker.now < std::exchange(x_now, asker.now)) x_barren.clear();  // the clock was set back
  const Eye eye = eye_of(asker);
  const auto barren = x_barren.find(eye.sim);
  if (barren != x_barren.end() && asker.now < barren->second.until)
    return {std::nullopt, std::nullopt, barren->second.by};
  Look found;
  if (asker.probes) found = survey({eye.sim, eye.now, eye.pace, eye.routes, true});
  if (!found.decided()) found = survey(eye);
  if (found.key) return {release(*found.key), std::nullopt, Limit::none};
  if (!found.wait_until && !x_jobs.empty()) x_barren[eye.sim] = {asker.now + until_looked_again, found.by};
  return {std::nullopt, found.wait_until, found.by};
}

Plan::Look Plan::survey(const Eye& eye) const {
  Look found;
  if (const auto pinned = x_pinned.find(eye.sim); pinned != x_pinned.end()) found.or_else(look_at(pinned->second, eye));
  for (const Lane& lane : x_lanes) {
    if (!found.decided()) found.or_else(look_at(lane, eye));
  }
  return found;
}

bool Plan::overtakes(const Asker& asker, const Job& taken) {
  if (taken.sim || taken.priority == Priority::urgent) return false;
  make_ready(asker.now);
  return look_at(x_lanes.front(), eye_of(asker)).decided();
}

std::vector<Key> Plan::expired(base::Time now) const {
  std::vector<Key> keys;
  for (const Entry& entry : x_expiring) {
    if (entry.expires_at > now) break;
    keys.push_back(entry.key);
  }
  return keys;
}

std::optional<base::Time> Plan::next_ready() const {
  return x_later.empty() ? std::nullopt : std::optional{x_later.begin()->ready_at};
}

std::optional<base::Time> Plan::next_expiry() const {
  return x_expiring.empty() ? std::nullopt : std::optional{x_expiring.begin()->expires_at};
}

std::optional<base::Time> Plan::due(const Entry& entry) const {
  const bool closed = entry.priority != Priority::urgent && x_closed.contains(entry.category);
  return closed ? std::nullopt : std::optional{entry.ready_at};
}

// Keys rise as messages are accepted: the first of a shelf stands for it.
std::optional<base::Time> Plan::due_since(base::Time now) const {
  std::optional<base::Time> since;
  const auto look = [&](const Entry& entry) {
    const auto ready_at = due(entry);
    if (ready_at && (!since || *ready_at < *since)) since = ready_at;
    return ready_at.has_value();
  };
  for (const Lane& lane : x_lanes) {
    for (const auto& [shelf, entries] : lane.shelves) look(*entries.begin());
  }
  for (const auto& [sim, entries] : x_pinned) {
    if (!entries.empty()) look(*entries.begin());
  }
  for (const Entry& entry : x_later) {
    if (entry.ready_at > now || look(entry)) break;
  }
  return since;
}

Plan::Entry Plan::entry_of(const Job& job) {
  Entry entry{};
  entry.key = job.message;
  entry.burst = job.burst;
  entry.ready_at = job.ready_at;
  entry.expires_at = job.expires_at;
  entry.prefer_until = job.prefer_until;
  entry.route = static_cast<std::uint8_t>(job.route);
  entry.put_off = static_cast<std::uint8_t>(job.put_off);
  entry.refused = job.refused;
  entry.appointed = job.appointed;
  entry.recipient = job.recipient;
  entry.sim = x_words.id(job.sim);
  entry.avoid = x_words.id(job.avoid);
  entry.preferred = x_words.id(job.preferred);
  entry.category = x_words.id(job.category);
  entry.segments = static_cast<std::uint16_t>(std::clamp(job.segments, 1, 1024));
  entry.priority = job.priority;
  return entry;
}

Job Plan::job_of(const Entry& entry) const {
  Job job;
  job.message = entry.key;
  job.burst = entry.burst;
  job.priority = entry.priority;
  job.ready_at = entry.ready_at;
  job.expires_at = entry.expires_at;
  job.prefer_until = entry.prefer_until;
  job.route = entry.route;
  job.put_off = entry.put_off;
  job.refused = entry.refused;
  job.appointed = entry.appointed;
  job.sim = x_words.word(entry.sim);
  job.avoid = x_words.word(entry.avoid);
  job.preferred = x_words.word(entry.preferred);
  job.category = x_words.word(entry.category).value_or(std::string());
  job.segments = entry.segments;
  job.recipient = entry.recipient;
  return job;
}

Plan::Eye Plan::eye_of(const Asker& asker) { return {x_words.id(asker.sim), asker.now, asker.pace, asker.routes}; }

void Plan::make_ready(base::Time now) {
  while (!x_later.empty() && x_later.begin()->ready_at <= now) {
    Entry& entry = *x_later.begin();
    x_later.erase(x_later.begin());
    enqueue(entry);
    x_barren.clear();
  }
}

void Plan::enqueue(Entry& entry) {
  entry.ready = true;
  if (entry.sim != Words::none) {
    x_pinned[entry.sim].insert(entry);
  } else {
    lane_of(entry).shelves[{entry.burst, entry.category}].insert(entry);
  }
}

// From where it waits.
void Plan::dequeue(Entry& entry) {
  if (!entry.ready) {
    x_later.erase(x_later.iterator_to(entry));
    return;
  }
  if (entry.sim != Words::none) {
    Ready& pinned = x_pinned[entry.sim];
    pinned.erase(pinned.iterator_to(entry));
    return;
  }
  Lane& lane = lane_of(entry);
  const auto shelf = lane.shelves.find({entry.burst, entry.category});
  shelf->second.erase(shelf->second.iterator_to(entry));
  if (shelf->second.empty()) lane.shelves.erase(shelf);
}

// The first shelf after the one served last, round and round.
Plan::Look Plan::look_at(const Lane& lane, const Eye& eye) const {
  const bool urgent = &lane == &x_lanes.front();
  Look all;
  auto shelf = lane.shelves.upper_bound(lane.last);
  for (std::size_t seen = 0; seen < lane.shelves.size(); ++seen, ++shelf) {
    if (shelf == lane.shelves.end()) shelf = lane.shelves.begin();
    if (!urgent && x_closed.count(shelf->first.second) > 0) continue;
    const Look look = look_at(shelf->second, eye);
    if (look.decided()) return look;
    all.or_else(look);
  }
  return all;
}

Plan::Look Plan::look_at(const Ready& shelf, const Eye& eye) const {
  Look look;
  for (const Entry& entry : shelf) {
    if (!may_go(entry, eye)) continue;
    if (eye.pace == nullptr) return {entry.key, std::nullopt, Limit::none};
    const Pace::Leave leave = eye.pace->leave(eye.now, entry.segments, entry.recipient);
    if (leave.by == Limit::none) return {entry.key, std::nullopt, Limit::none};
    if (leave.by == Limit::minute || leave.by == Limit::hour) return {std::nullopt, leave.at, leave.by};
    if (look.by == Limit::none) look.by = leave.by;
  }
  return look;
}

// Not after its time, and not over the SIM that has just refused it while another may take it.
bool Plan::may_go(const Entry& entry, const Eye& eye) const {
  if (entry.expires_at <= eye.now || keeps_for_another(entry, eye)) return false;
  if (eye.fresh && entry.refused) return false;
  if (entry.route != 0 && (eye.routes >> entry.route & 1U) == 0) return false;
  if (entry.avoid != eye.sim || eye.now >= entry.ready_at + others_have_had_it) return true;
  return std::ranges::none_of(x_sims, [&](Word other) { return other != eye.sim; });
}

// A reply finds its way only to the SIM that the recipient knows; but nobody waits for it for long.
bool Plan::keeps_for_another(const Entry& entry, const Eye& eye) const {
  const bool other = entry.preferred != Words::none && entry.preferred != eye.sim && entry.preferred != entry.avoid;
  const bool waits = eye.now < entry.prefer_until && entry.prefer_until - eye.now <= longest_preference;
  return other && waits && x_sims.count(entry.preferred) > 0;
}

Job Plan::release(Key message) {
  const Entry& entry = x_jobs.at(message);
  Job job = job_of(entry);
  if (entry.sim == Words::none) lane_of(entry).last = {entry.burst, entry.category};
  remove(message);
  return job;
}

}  // namespace burstd::message
