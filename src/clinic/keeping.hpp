// The record as the people who look after it handle it: verified, backed up, and released after a restore, with the
// name of who did it in the audit. api asks; what a backup is and when one is whole, store knows.
#pragma once

#include <optional>
#include <string>

#include "clinic/audit.hpp"
#include "gateway/gateway.hpp"
#include "store/caretaker.hpp"

namespace burstd::clinic {

class Keeping {
 public:
  explicit Keeping(gateway::Gateway& gateway) : x_gateway(gateway) {}

  // What is not whole is an answer, too. Fails with "verify-stopped".
  async::Task<base::Result<store::Verification>> verify(Hand hand);

  // Fails as store::take_backup does; what failed is in the audit, where the disk takes it.
  async::Task<base::Result<store::Backup>> back_up(Hand hand);

  // `hand` names a user. Fails with "not-held", and with "clock-doubted" as long as nobody knows the time.
  async::Task<base::Result<store::Restoration>> release(Hand hand, std::string reason);

 private:
  async::Task<> note(Hand hand, Act act);

  gateway::Gateway& x_gateway;
};

}  // namespace burstd::clinic
