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
      "SELECT result NOT IN ('accepted', 'not-typed') AND released_at IS NULL FROM pin_attempt WHERE card = ? AND "
      "digest = ?"
      " ORDER BY key DESC LIMIT 1",
      pair.card, pair.digest);
  return row.step() && row.next<bool>();
}

bool pin_accepted(const Connection& connection, const PinPair& pair) {
  Statement row = connection.query(
      "SELECT result = 'accepted' FROM pin_attempt WHERE card = ? AND digest = ? ORDER BY key DESC LIMIT 1", pair.card,
      pair.digest);
  return row.step() && row.next<bool>();
}

std::int64_t begin_pin_attempt(Transaction& transaction, const PinPair& pair, const std::string& modem, base::Time at) {
  transaction.run("INSERT INTO pin_attempt(card, digest, modem, started_at, result) VALUES (?, ?, ?, ?, 'open')",
                  pair.card, pair.digest, modem, at);
  return transaction.last_key();
}

void end_pin_attempt(Transaction& transaction, std::int64_t key, const std::string& result, base::Time at) {
  transaction.run(
      "UPDATE pin_attempt SET ended_at = ?, result = ?, released_at = NULL"
      " WHERE key = ? AND result = 'open'",
      at, result, key);
}

void release_pin(Transaction& transaction, const PinPair& pair, base::Time at) {
  transaction.run(
      "UPDATE pin_attempt SET released_at = ? WHERE card = ? AND digest = ? AND result <> 'accepted'"
      " AND released_at IS NULL",
      at, pair.card, pair.digest);
}

}  // namespace burstd::store
