// The table `sim`: until when somebody listened for reports on each SIM, and the windows that run only while somebody
// does. Inside the transaction they are given; only gateway::Ledger writes here.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "store/connection.hpp"

namespace burstd::store {

std::optional<base::Time> listened_until(const Connection& connection, const std::string& sim);
void note_listened(Transaction& transaction, const std::string& sim, base::Time at);

// Moves the end of every open window over this SIM.
void postpone_windows(Transaction& transaction, const std::string& sim, base::Milliseconds span);

// What is uncertain over this SIM has its window end at `latest` at the latest.
void shorten_uncertain_windows(Transaction& transaction, const std::string& sim, base::Time latest);

}  // namespace burstd::store
