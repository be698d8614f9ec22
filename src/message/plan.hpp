// What goes next on the air: the waiting messages in memory and the one rule that hands them to free SIMs.
// Pure (time is a parameter); gateway::Dispatcher asks, the ledger's outcomes come back as calls. It never
// changes a state and never reads the record: recovery fills it from there.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "message/job.hpp"

namespace burstd::message {

class Plan {
 public:
  // Replaces what was known of the same message.
  void add(Job job);

  // Forgets a message: cancelled, blocked, or finished.
  void remove(Key message);

  void sim_ready(const std::string& sim);
  void sim_gone(const std::string& sim);

  // Takes the next message for this SIM out of the plan; nothing when none may go now. Urgent before normal,
  // bursts in turn, oldest first within a burst; what is pinned to this SIM goes before all.
  std::optional<Job> take(const std::string& sim, base::Time now);

  // Messages whose expires_at has passed; they stay, and are not taken, until they are removed.
  std::vector<Key> expired(base::Time now) const;

  // When take() may have something that it has not now, and when expired() may.
  std::optional<base::Time> next_ready() const;
  std::optional<base::Time> next_expiry() const;

  std::size_t size() const { return x_jobs.size(); }

 private:
  struct Lane {
    std::map<std::int64_t, std::set<Key>> bursts;  // burst → its messages that may go
    std::int64_t last = -1;                        // the burst served last
  };
  struct Entry {
    Job job;
    bool ready = false;  // in a lane or a pinned queue
  };

  void make_ready(base::Time now);
  void enqueue(Entry& entry);
  void dequeue(const Entry& entry);
  struct Asker {
    const std::string& sim;
    base::Time now;
  };
  std::optional<Key> next_in(Lane& lane, const Asker& asker);
  std::optional<Key> first_for(const std::set<Key>& keys, const Asker& asker) const;
  bool may_go(const Job& job, const Asker& asker) const;
  Lane& lane_of(const Job& job) { return x_lanes[job.priority == Priority::urgent ? 0 : 1]; }
  Job release(Key message);

  std::unordered_map<Key, Entry> x_jobs;
  std::set<std::pair<base::Time, Key>> x_later;     // not ready yet, by ready_at
  std::set<std::pair<base::Time, Key>> x_expiring;  // all, by expires_at
  std::map<std::string, std::set<Key>> x_pinned;    // SIM → messages half sent over it
  std::array<Lane, 2> x_lanes;                      // urgent, normal
  std::set<std::string> x_sims;                     // ready now
};

}  // namespace burstd::message
