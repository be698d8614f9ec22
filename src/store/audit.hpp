// The table `audit`: what somebody with a right has done to the gateway, and what was refused to whom. Appended to,
// never changed; each row is held by a row of the history, which commits to all of it. clinic::Audit and the clinic's
// acts write it. Never a PIN, a text or a number of a patient.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "store/connection.hpp"

namespace burstd::store {

struct AuditRow {
  std::int64_t key = 0;
  base::Time at;
  std::optional<std::int64_t> uid;  // of the peer; nothing: the gateway itself
  std::string client;
  std::optional<std::string> user;     // as the client names them
  std::string route;                   // "POST /v1/modems/{name}/pause"
  std::optional<std::string> subject;  // what stands for the {…}
  std::string event;                   // "refused", "paused", "changed", …
  std::optional<std::string> change;   // what is otherwise now, or why it was refused
  std::int64_t times = 1;              // refusals of the same to the same since the last row of them
  std::int64_t change_seq = 0;
};

// The kind of its row in the history.
inline constexpr const char* audited = "audit";

// Assigns key and change_seq.
AuditRow append_audit(Transaction& transaction, AuditRow row);

bool has_audit_row(const Connection& connection, std::int64_t key);

// Newest first, below `before`.
std::vector<AuditRow> list_audit(const Connection& connection, std::optional<std::int64_t> before, std::size_t limit);

// Of the audit's row that this row of the history stands for; nothing when there is none.
std::optional<base::Octets> audit_commitment(const Connection& connection, std::int64_t change_seq);

}  // namespace burstd::store
