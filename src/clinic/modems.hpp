// The modems as the people who look after them see and handle them: how each is, what former SIMs are still owed, and
// pause, resume, reset, unlock and replace with the name of who did it in the history. api asks; what is done to a
// modem, and whether it may be, the gateway decides. A PIN is passed on and kept nowhere here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clinic/audit.hpp"
#include "clinic/page.hpp"
#include "gateway/gateway.hpp"
#include "store/berths.hpp"

namespace burstd::clinic {

struct KeptModem {
  modem::Status status;
  std::vector<store::Owed> owed;
  std::optional<gateway::Left> left = {};  // what its SIM may still send; nothing: it is not in service
};

struct Replaced {
  KeptModem modem;
  std::string adopted;  // a sentence
};

class Modems {
 public:
  explicit Modems(gateway::Gateway& gateway) : x_gateway(gateway) {}

  async::Task<std::vector<KeptModem>> all();

  // In the order of all(), after the one given. Fails with "resync" where that is none of them.
  async::Task<base::Result<Page<KeptModem>>> list(std::string after, std::size_t limit);

  async::Task<base::Result<KeptModem>> find(std::string name);  // fails with "modem-unknown"

  // They fail as those of gateway::Gateway do. The modem as it is when it was ordered, not when it is done.
  async::Task<base::Result<KeptModem>> pause(std::string name, Hand hand);
  async::Task<base::Result<KeptModem>> resume(std::string name, Hand hand);
  async::Task<base::Result<KeptModem>> reset(std::string name, Hand hand);
  async::Task<base::Result<KeptModem>> unlock(std::string name, gateway::Unlocking unlocking, Hand hand);
  async::Task<base::Result<Replaced>> replace(std::string name, gateway::Adoption adoption, Hand hand);

 private:
  async::Task<Page<KeptModem>> with_company(std::vector<modem::Status> modems);

  // After the deed, for a modem must be pausable also while the disk is full; then the error says that it is done, but
  // not on record.
  async::Task<base::Result<KeptModem>> noted(Act act, Hand hand);

  gateway::Gateway& x_gateway;
};

}  // namespace burstd::clinic
