#include "store/chained.hpp"

#include <algorithm>

#include "store/audit.hpp"
#include "store/notes.hpp"

namespace burstd::store {

namespace {

std::optional<base::Octets> message_commitment(const Connection& connection, message::Key message) {
  Statement row = connection.query("SELECT salt, number, text FROM message WHERE key = ?", message);
  if (!row.step()) return std::nullopt;
  const auto salt = row.next<base::Octets>();
  const auto number = row.next<std::string>();
  const auto seal = seal::commitment(salt, number, row.next<std::string>());
  return base::Octets(seal.begin(), seal.end());
}

}  // namespace

seal::Seal seal_of(const base::Octets& key, const seal::Seal& previous, const Chained& row) {
  const Change& change = row.change;
  seal::Fields fields;
  fields.add(change.seq).add(base::to_millis(change.at)).add(change.kind).add(change.message).add(change.batch);
  fields.add(change.part).add(change.event).add(change.from).add(change.to).add(change.detail).add(row.commitment);
  return seal::chain(key, previous, fields);
}

base::Octets seal_key_of(const Connection& connection) {
  Statement row = connection.query("SELECT seal_key FROM meta WHERE id = 1");
  if (!row.step()) return {};
  return row.next<base::Octets>();
}

std::optional<base::Octets> commitment_of(const Connection& connection, const Change& change) {
  if (change.kind == audited) return audit_commitment(connection, change.seq);
  if (change.message && change.event == noted) return note_commitment(connection, change.seq);
  if (change.message && (change.event == recorded || change.event == text_removed))
    return message_commitment(connection, *change.message);
  return std::nullopt;
}

seal::Seal to_seal(const base::Octets& octets) {
  seal::Seal seal = seal::no_seal;
  if (octets.size() == seal.size()) std::ranges::copy(octets, seal.begin());
  return seal;
}

}  // namespace burstd::store
