// The figures of the whole house at a moment, for programs that watch it: what is under way, what was done since the
// process began, how the modems are, how much room there is. api writes them down for Prometheus; nothing here scans
// the record.
#pragma once

#include <optional>
#include <vector>

#include "clinic/modems.hpp"
#include "store/census.hpp"
#include "store/space.hpp"
#include "store/tally.hpp"

namespace burstd::clinic {

struct Figures {
  base::Time at;
  gateway::Activity activity;
  store::Census census;
  store::Tally tally;
  store::Commits commits;
  std::optional<store::Space> space;
  std::int64_t head = 0;                         // the newest change on disk
  bool restored = false, clock_doubted = false;  // then nothing is sent
  store::Room room = store::Room::ample;         // on the record's disk
  std::vector<KeptModem> modems;
};

async::Task<Figures> figures_of(gateway::Gateway& gateway, Modems& modems);

}  // namespace burstd::clinic
