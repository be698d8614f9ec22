// The tables `attempt` and `report`: every hand-over of a part to a modem, and every delivery report as it
// came, matched or not. Rows are never deleted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "message/match.hpp"
#include "message/message.hpp"
#include "store/connection.hpp"

namespace burstd::store {

struct Attempt {
  std::int64_t key = 0;
  message::Key message = 0;
  int part = 1;
  std::string modem, sim;
  base::Time started_at;                // recorded before Ctrl-Z
  std::optional<base::Time> ended_at;   // nothing: no verdict yet
  std::optional<int> reference;         // TP-MR of +CMGS
  std::optional<int> validity_minutes;  // what TP-VP said on the air
  std::string result;                   // "open", "accepted", "refused", "not-sent", "unknown"
  std::optional<std::string> failure;   // "+CMS ERROR: 38", or why it is not known
  bool charged = true;                  // the operator may count it; false: proven that nothing left
};

struct Report {
  std::int64_t key = 0;
  std::optional<std::int64_t> attempt;  // nothing: an orphan
  std::string modem, sim, pdu, recipient;
  int reference = 0;
  int status = 0;
  base::Time received_at;
  std::optional<base::Time> service_centre_at, discharged_at;
  bool ambiguous = false;
};

std::int64_t insert_attempt(Transaction& transaction, const Attempt& attempt);
void finish_attempt(Transaction& transaction, const Attempt& attempt);  // ended_at, reference, result, failure, charged
std::optional<Attempt> find_attempt(const Connection& connection, std::int64_t key);
std::vector<Attempt> attempts_of(const Connection& connection, message::Key message);

// The newest attempt over this modem, if it has no verdict ("open" or "unknown") and was not begun before `since`.
std::optional<Attempt> unresolved_attempt(const Connection& connection, const std::string& modem, base::Time since);

// Attempts over this SIM with this reference that were begun around TP-SCTS: nearly always the report is of one of
// them.
std::vector<message::Candidate> candidates_by_time(const Connection& connection, const std::string& sim,
                                                   const message::Reported& report);

// All attempts a report may belong to: over this SIM with this reference, and those around TP-SCTS whose reference is
// not known (refused ones too: a modem that said "error" may have sent all the same). `open` says that the part does
// not rest on a final report yet; `window_ends_at` is the end of the validity period, three days where none went along.
std::vector<message::Candidate> candidates(const Connection& connection, const std::string& sim,
                                           const message::Reported& report);

std::int64_t insert_report(Transaction& transaction, const Report& report);
void adopt_report(Transaction& transaction, std::int64_t report, std::int64_t attempt);  // an orphan finds its attempt
std::vector<Report> reports_of(const Connection& connection, message::Key message);
// The newest `limit` of this SIM, oldest first.
std::vector<Report> orphan_reports(const Connection& connection, const std::string& sim, std::size_t limit);

// True when the same PDU of the same SIM is already there: the network or the modem repeated it.
bool knows_report(const Connection& connection, const std::string& sim, const std::string& pdu);

}  // namespace burstd::store
