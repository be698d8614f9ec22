// What goes by a modem's name: what the configuration says, what a person has adopted since, and what the record
// remembers. Pure rules; the fleet asks what to look for, a station whether what answers is the right thing.
#pragma once

#include <optional>
#include <string>

#include "modem/options.hpp"
#include "modem/places.hpp"
#include "store/berths.hpp"

namespace burstd::gateway {

// What the Finder is to look for. An adoption goes before the configuration as long as that says what it said then.
modem::Wanted wanted_of(const modem::Options& options, const std::optional<store::Berth>& berth);

// Why what answers may not be used under this name, and what to do; empty: it may. What it does not tell yet is no
// reason.
std::string objection(const modem::Options& options, const std::optional<store::Berth>& berth,
                      const modem::Identity& identity);

// The berth as it is with this identity in it: what is not told stays as it was, but for what another
// SIM told.
store::Berth bound(const std::string& name, const std::optional<store::Berth>& berth, const modem::Identity& identity,
                   base::Time at);

// The berth as a person wants it from now on.
store::Berth adopted(const modem::Options& options, const std::optional<store::Berth>& berth,
                     const modem::Identity& identity, base::Time at);

// The PIN of the configuration was that of a SIM which another has taken the place of by adoption.
bool is_another_sims_pin(const modem::Options& options, const std::optional<store::Berth>& berth);

}  // namespace burstd::gateway
