// What a named person says of a message: that it is not to be sent, or what became of one that is in doubt. messages
// and bursts take it; the history keeps it. Nothing is ever sent because of it.
#pragma once

#include <optional>
#include <string>

#include "clinic/hand.hpp"
#include "gateway/ledger.hpp"

namespace burstd::clinic {

// Who withdraws something, and why.
struct Withdrawal {
  std::string client;
  std::optional<std::string> user, reason;
  base::Time at;
  Origin origin = {};
};

Hand hand_of(const Withdrawal& withdrawal);

// For the history: "by anna of reception: patient phoned".
std::string detail_of(const Withdrawal& withdrawal);

// What became of a message in doubt, who says so, and how it is known.
struct Word {
  bool sent = false;
  std::string client, user, reason;
  base::Time at;
  Origin origin = {};
};

// Where a message stands, in a sentence: "It waits to be sent."
const char* standing_of(message::State state);

// Inside a unit. Parts in doubt are what the person says they are, until a report knows better; parts that still wait
// are given up, so that the item says what is on the patient's phone. The same word once more changes nothing. Fails
// with "not-uncertain" or "already-resolved".
base::Result<void> take_word(store::Transaction& transaction, const gateway::Ledger& ledger,
                             const store::Record& record, const Word& word);

}  // namespace burstd::clinic
