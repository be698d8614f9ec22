#include "store/sims.hpp"

namespace burstd::store {

std::optional<base::Time> listened_until(const Connection& connection, const std::string& sim) {
  Statement row = connection.query("SELECT listened_until FROM sim WHERE id = ?", sim);
  if (!row.step()) return std::nullopt;
  return row.next<base::Time>();
}

void note_listened(Transaction& transaction, const std::string& sim, base::Time at) {
  transaction.run(
      "INSERT INTO sim(id, listened_until) VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET listened_until ="
      " excluded.listened_until",
      sim, at);
}

void postpone_windows(Transaction& transaction, const std::string& sim, base::Milliseconds span) {
  for (const char* open : {"state = 'submitted'", "state = 'uncertain' AND window_over = 0"}) {
    transaction.run(std::string("UPDATE part SET window_ends_at = window_ends_at + ? WHERE sim = ? AND ") + open,
                    span.count(), sim);
  }
}

// A part without a window has one that never ends.
void shorten_uncertain_windows(Transaction& transaction, const std::string& sim, base::Time latest) {
  transaction.run(
      "UPDATE part SET window_ends_at = ?1 WHERE state = 'uncertain' AND window_over = 0 AND sim = ?2"
      " AND (window_ends_at IS NULL OR window_ends_at > ?1)",
      latest, sim);
}

}  // namespace burstd::store
