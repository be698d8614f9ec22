// How a history row goes into the chain: its canonical fields, its seal, a message's commitment. Used by
// append_history, which seals, and verify_chain, which seals again and compares.
#pragma once

#include "seal/chain.hpp"
#include "store/history.hpp"

namespace burstd::store {

struct Chained {
  Change change;
  std::optional<base::Octets> commitment;  // where the row stands for something in another table
};

seal::Seal seal_of(const base::Octets& key, const seal::Seal& previous, const Chained& row);

base::Octets seal_key_of(const Connection& connection);

// To what the row stands for, as it now is: a message's number and text under its salt, a note under its own, a row of
// the audit. Nothing when it stands for nothing, or that is not there.
std::optional<base::Octets> commitment_of(const Connection& connection, const Change& change);

// All zero when the octets are no seal, which no row has.
seal::Seal to_seal(const base::Octets& octets);

// Reads the columns seq to detail of history.
Change read_change(Statement& row);

}  // namespace burstd::store
