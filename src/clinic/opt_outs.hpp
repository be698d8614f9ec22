// Numbers that are not written to, as staff see and handle them: who is on the list, since when and by whose word; a
// block of the clinic's own, and the lifting of one. What a patient has said by STOP only an administrator lifts. api
// asks; what becomes of messages that wait is the gateway's business.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "burst/preview.hpp"
#include "clinic/hand.hpp"
#include "clinic/options.hpp"
#include "clinic/page.hpp"
#include "gateway/gateway.hpp"
#include "store/opt_outs.hpp"

namespace burstd::clinic {

// Who blocks or lifts, and why.
struct Deed {
  Hand hand;
  std::string reason;
  bool as_admin = false;
};

// What blocks a number now (a patient's own word first), and all there ever was about it, oldest first.
struct Blocked {
  std::string number;
  std::vector<store::OptOut> standing, history;
};

struct PutOptOut {
  store::OptOut row;
  bool created = false;  // the clinic had not blocked it yet
};

class OptOuts {
 public:
  OptOuts(const Options& options, gateway::Gateway& gateway);

  // Newest first. Fails with "resync" where the position is none of this record.
  async::Task<base::Result<Page<store::OptOut>>> list(std::optional<std::int64_t> before, std::size_t limit);

  // Numbers as people type them; all fail with "number-missing" or "number-invalid", these with "opt-out-unknown" where
  // nothing stands (find), and where there never was anything (history).
  async::Task<base::Result<Blocked>> find(std::string typed);
  async::Task<base::Result<Blocked>> history(std::string typed);

  // Blocks, whatever the patient says; what waits for the number is withdrawn. Repeating it changes nothing.
  async::Task<base::Result<PutOptOut>> block(std::string typed, Deed deed);

  // Fails with "opt-out-unknown", or with "forbidden" where a patient has said STOP and no administrator lifts it.
  async::Task<base::Result<store::OptOut>> lift(std::string typed, Deed deed);

 private:
  base::Result<std::string> number_of(const std::string& typed) const;
  async::Task<base::Result<Blocked>> look(std::string typed);

  burst::Rules x_rules;
  gateway::Gateway& x_gateway;
};

}  // namespace burstd::clinic
