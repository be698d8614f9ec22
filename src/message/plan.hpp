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
#include "message/pace.hpp"
#include "message/plan_entry.hpp"

namespace burstd::message {

class Plan {
 public:
  // Replaces what was known of the same message.
  void add(Job job);

  // Forgets a message: cancelled, blocked, or finished.
  void remove(Key message);

  void sim_ready(const std::string& sim);
  void sim_gone(const std::string& sim);

  // Messages of these categories stay where they are; urgent ones go all the same. False: they were closed already, and
  // no other.
  bool close(const std::set<std::string>& categories);

  // Limits or routes are other ones: what nothing was found for may find something.
  void reconsider() { x_barren.clear(); }

  // Who asks for work.
  struct Asker {
    std::string sim;
    base::Time now;
    const Pace* pace = nullptr;  // nothing: no limits
    std::uint64_t routes = 0;    // a bit for each that leads over it, from bit 1
    bool probes = false;         // it was refused before: what never was, if there is any, tells whether it still is
  };
  // What there is for it.
  struct Offer {
    std::optional<Job> job;
    std::optional<base::Time> wait_until;  // the limit that nothing passes before
    Limit by = Limit::none;                // that one, else what keeps the first that could go otherwise
  };

  // Takes the next message for this SIM out of the plan; nothing when none may go now. What is pinned to this SIM goes
  // before all, then urgent before normal, bursts in turn, oldest first within a burst. One whose turn it is and which
  // has to wait for the minute or the hour is waited for; one that must wait for another day lets others pass.
  Offer take(const Asker& asker);
  std::optional<Job> take(const std::string& sim, base::Time now) { return take(Asker{sim, now, nullptr, 0}).job; }

  // Whether something urgent is to go, or to be waited for, before a message that was taken for this SIM and of which
  // nothing was begun. One that is pinned to the SIM is not put off for it.
  bool overtakes(const Asker& asker, const Job& taken);

  // Messages whose expires_at has passed; they stay, and are not taken, until they are removed.
  std::vector<Key> expired(base::Time now) const;

  // When take() may have something that it has not now, and when expired() may.
  std::optional<base::Time> next_ready() const;
  std::optional<base::Time> next_expiry() const;

  // What was accepted, or put off, by a clock that ran ahead goes now; what a client wants later stays later.
  void set_back(base::Time now);

  // Since when the one has waited that could go longest by its time and its hours. Nothing: none could.
  std::optional<base::Time> due_since(base::Time now) const;

  std::size_t size() const { return x_jobs.size(); }

 private:
  using Entry = PlanEntry;
  using Word = Words::Id;
  using Shelf = std::pair<std::int64_t, Word>;  // a burst and a category
  struct Lane {
    std::map<Shelf, Ready> shelves;
    Shelf last{-1, 0};  // the one served last
  };
  // What a look at one message or one shelf said.
  struct Look {
    std::optional<Key> key;
    std::optional<base::Time> wait_until;
    Limit by = Limit::none;
    bool decided() const { return key || wait_until; }
    void or_else(const Look& next) {
      const Limit first = by;
      *this = next;
      if (!decided() && first != Limit::none) by = first;
    }
  };
  struct Eye {
    Word sim;
    base::Time now;
    const Pace* pace;
    std::uint64_t routes;
    bool fresh = false;  // looks at nothing that was refused before
  };

  std::optional<base::Time> due(const Entry& entry) const;
  Entry entry_of(const Job& job);
  Job job_of(const Entry& entry) const;
  void make_ready(base::Time now);
  void enqueue(Entry& entry);
  void dequeue(Entry& entry);
  Eye eye_of(const Asker& asker);
  Look survey(const Eye& eye) const;
  Look look_at(const Lane& lane, const Eye& eye) const;
  Look look_at(const Ready& shelf, const Eye& eye) const;
  bool may_go(const Entry& entry, const Eye& eye) const;
  bool keeps_for_another(const Entry& entry, const Eye& eye) const;
  Lane& lane_of(const Entry& entry) { return x_lanes[entry.priority == Priority::urgent ? 0 : 1]; }
  Job release(Key message);

  Words x_words;                          // SIMs and categories
  std::unordered_map<Key, Entry> x_jobs;  // before the orders, which let go of what is in them at the end
  Later x_later;
  Expiring x_expiring;
  std::map<Word, Ready> x_pinned;  // SIM → messages half sent over it
  std::array<Lane, 2> x_lanes;     // urgent, normal
  std::set<Word> x_sims;           // ready now
  std::set<Word> x_closed;         // categories
  // SIMs for which nothing was found though there is something: until something is added, or until then.
  struct Barren {
    base::Time until;
    Limit by;
  };
  std::map<Word, Barren> x_barren;
  base::Time x_now{};  // of the last take()
};

}  // namespace burstd::message
