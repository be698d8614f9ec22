#include "store/pins.hpp"

#include "seal/chain.hpp"
#include "store/chained.hpp"

namespace burstd::store {

PinPair pin_pair(const Connection& connection, const std::string& card, const std::string& pin) {
  seal::Fields fields;
  fields.add(card).add(pin);
  return PinPair{card, seal::keyed_digest(seal_key_of(connection), "pin", fields)};
}

bool pin_blocked(const Connection& connection, const PinPair& pair) {
  Statement row = connection.query(
      "SELECT result <> 'accepted' AND released_at IS NULL FROM pin_attempt WHERE card = ? AND digest = ?"
      " ORDER BY key DESC LIMIT 1",
      pair.card, pair.digest);
  return row.step() && row.next<bool>();
}

std::int64_t begin_pin_attempt(Transaction& transaction, const PinPair& pair, const std::string& modem, base::Time at) {
  transaction.run("INSERT INTO pin_attempt(card, digest, modem, started_at, result) VALUES (?, ?, ?, ?, 'open')",
                  pair.card, pair.digest, modem, at);
  return transaction.last_key();
}

void end_pin_attempt(Transaction& transaction, std::int64_t key, const std::string& result, base::Time at) {
  transaction.run(
      "UPDATE pin_attempt SET ended_at = ?, result = ?, released_at = NULL, released_by = NULL"
      " WHERE key = ? AND result = 'open'",
      at, result, key);
}

void release_pins(Transaction& transaction, const std::string& card, const std::string& by, base::Time at) {
  transaction.run(
      "UPDATE pin_attempt SET released_at = ?, released_by = ? WHERE card = ? AND result <> 'accepted'"
      " AND released_at IS NULL",
      at, by, card);
}

}  // namespace burstd::store
