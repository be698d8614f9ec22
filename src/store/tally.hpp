// What the record has taken since the process began, counted as it is committed, so that nobody has to count the record
// itself. A unit fills its own in its transaction; the Writer adds those that are on disk. A value without rules.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace burstd::store {

struct Tally {
  std::map<std::pair<std::string, std::string>, std::int64_t> changes;  // rows of the history, by kind and event
  std::map<std::string, std::int64_t> messages;                         // by the state that they came into
  std::map<std::string, std::int64_t> replies;                          // by class
  std::int64_t reports = 0;                                             // delivery reports, matched or not

  void add(const Tally& more);
};

// Commits that the disk has taken, and how long it took for all of them.
struct Commits {
  std::int64_t number = 0;
  std::chrono::nanoseconds spent{0};
};

}  // namespace burstd::store
