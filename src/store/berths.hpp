// The tables `berth` and `berth_sim`: which hardware and SIM goes by a modem's name, and which SIMs went by it before,
// so that nobody throws a SIM away over which reports or replies are still to come. The gateway binds names, the
// clinic shows what is owed. A name is never forgotten.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "store/connection.hpp"

namespace burstd::store {

// Empty texts: not known, or nothing.
struct Berth {
  std::string name;
  std::string imei, iccid, imsi;
  std::string sim;         // what attempts are kept under
  std::string configured;  // what the configuration said when a person adopted it; empty: nobody did
  base::Time bound_at;
  std::optional<base::Time> adopted_at;
  std::string adopted_by;
};

std::optional<Berth> find_berth(const Connection& connection, const std::string& name);
std::vector<Berth> berths(const Connection& connection);  // by name

// In the place of what went by the name before. A SIM that was there and is another now is kept as a former one,
// until `bound_at`.
void save_berth(Transaction& transaction, const Berth& berth);

// Modems that a person has paused, by name: they stay so over a restart.
void set_paused(Transaction& transaction, const std::string& name, base::Time at);
void clear_paused(Transaction& transaction, const std::string& name);
std::set<std::string> paused(const Connection& connection);

// What is still to come over a SIM that nobody listens on any more.
struct Owed {
  std::string sim;
  std::int64_t reports = 0;
  std::int64_t replies = 0;  // messages whose patient was asked for one, is not too late and has not answered
};

// Every former SIM of this name that is still owed something, by SIM; not those that go by some name now.
std::vector<Owed> owed(const Connection& connection, const std::string& name, const std::string& present_sim,
                       base::Time now);

}  // namespace burstd::store
