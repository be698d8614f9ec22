// What a named person says of a message: that it is not to be sent, or what became of one that is in doubt. messages
// and bursts take it; the history keeps it. Nothing is ever sent because of it.
#pragma once

#include <optional>
#include <string>

#include "gateway/ledger.hpp"

namespace burstd::clinic {

// Who withdraws something, and why.
struct Withdrawal {
  std::string client;
  std::optional<std::string> user, reason;
  base::Time at;
};

// "anna of reception", or "reception" where nobody is named.
std::string who(const Withdrawal& withdrawal);

// For the history: "by anna of reception: patient phoned".
std::string detail_of(const Withdrawal& withdrawal);

// What became of a message in doubt, who says so, and how it is known.
struct Word {
  bool sent = false;
  std::string client, user, reason;
  base::Time at;
};

// Inside a unit. Parts in doubt are what the person says they are, until a report knows better; parts that still wait
// are given up, so that the item says what is on the patient's phone. The same word once more changes nothing. Fails
// with "not-uncertain" or "already-resolved".
base::Result<void> take_word(store::Transaction& transaction, const gateway::Ledger& ledger,
                             const store::Record& record, const Word& word);

}  // namespace burstd::clinic
