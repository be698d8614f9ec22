// The audit: what people with a right have done to the gateway, and what was refused to whom. Whatever does such an act
// calls put_on_record() in the unit that does it, so that neither is on disk without the other. Refusals change nothing
// and are written beside the calls, those of a minute together, so that nobody fills the disk by being refused.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "async/signal.hpp"
#include "clinic/hand.hpp"
#include "clinic/page.hpp"
#include "gateway/gateway.hpp"
#include "store/audit.hpp"

namespace burstd::clinic {

struct Act {
  std::string event;                  // "paused", "changed", "resolved", …
  std::string subject;                // the modem's, template's, group's name, the message's id
  std::optional<std::string> change;  // what is otherwise now; never a PIN, a text or a patient's number
};

void put_on_record(store::Transaction& transaction, const Hand& hand, const Act& act, base::Time at);

struct Refusal {
  std::string client;
  Origin origin;
  std::optional<std::string> subject;
  std::string why;
};

class Audit {
 public:
  explicit Audit(gateway::Gateway& gateway) : x_gateway(gateway) {}

  // Newest first, below `before`. Fails with "resync" where that is none of this record.
  async::Task<base::Result<Page<store::AuditRow>>> list(std::optional<std::int64_t> before, std::size_t limit);

  // On record soon; returns at once.
  void refuse(const Refusal& refusal);

  // Writes refusals until stop(), and at last those that are left.
  async::Task<> run();
  void stop();

 private:
  using Key = std::tuple<std::optional<std::int64_t>, std::string, std::string, std::string>;
  struct Gathered {
    store::AuditRow row;  // the last of them
    std::int64_t unwritten = 0;
    base::Steady due;
  };

  async::Task<> write(base::Steady now);

  gateway::Gateway& x_gateway;
  std::map<Key, Gathered> x_refusals;
  async::Signal x_changed;
  bool x_stopped = false;
};

}  // namespace burstd::clinic
