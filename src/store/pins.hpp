// The table `pin_attempt`: which PIN was tried on which card and what came of it, so that no PIN that was refused, or
// whose answer nobody heard, is tried again by itself: three wrong ones lock a SIM. The gateway asks before every try.
// The PIN is never stored, only a keyed digest; the key lies in the same record, so the digest keeps a PIN from
// careless eyes and logs, not from an owner of the file, who could try all of them.
#pragma once

#include <string>

#include "base/time.hpp"
#include "store/connection.hpp"

namespace burstd::store {

// A card and a PIN as the record knows them.
struct PinPair {
  std::string card;    // ICCID, or "imei:…" where the modem does not tell it before the PIN
  std::string digest;  // of card and PIN
};

PinPair pin_pair(const Connection& connection, const std::string& card, const std::string& pin);

// True when the newest attempt of the pair was refused or unanswered (also: has no answer yet) and nobody released it.
bool pin_blocked(const Connection& connection, const PinPair& pair);

// True when the newest attempt of the pair was accepted.
bool pin_accepted(const Connection& connection, const PinPair& pair);

// To be durable before the PIN goes out. Returns the attempt's key; it is "open".
std::int64_t begin_pin_attempt(Transaction& transaction, const PinPair& pair, const std::string& modem, base::Time at);

// "accepted", "refused", "unanswered", or "not-typed" when it came to nothing; changes only an open one. A release from
// before the answer is void: nobody knew of it.
void end_pin_attempt(Transaction& transaction, std::int64_t key, const std::string& result, base::Time at);

// A person's word that this PIN may be tried again on this card.
void release_pin(Transaction& transaction, const PinPair& pair, base::Time at);

}  // namespace burstd::store
