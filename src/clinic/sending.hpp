// Sending a burst, inside the one transaction that makes it live: every selected row is judged again and becomes a
// message, or a failed item with its reason. clinic::Bursts makes one for each send and throws it away.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "burst/light.hpp"
#include "burst/preview.hpp"
#include "clinic/bursts.hpp"
#include "clinic/selection.hpp"
#include "gateway/ledger.hpp"
#include "gateway/rooms.hpp"
#include "store/batches.hpp"

namespace burstd::clinic {

struct SendingRules {
  const burst::Rules& rules;
  const gateway::Ledger& ledger;
  const std::string& client;  // who sends, for the history
  base::Time now;
  std::size_t room = 0;  // messages that the queue may still take
  int margin = 50;
  const gateway::Rooms& rooms;          // what the SIMs may still send
  std::optional<base::Error> obstacle;  // to anything new
};

class Sending {
 public:
  Sending(store::Transaction& transaction, const SendingRules& rules) : x_transaction(transaction), x_rules(rules) {}

  // The errors are those of Bursts::send.
  base::Result<Sent> send(store::Batch batch, const Selection& selection);

  // What must go into the plan after the commit.
  std::vector<message::Message> queued() && { return std::move(x_queued); }

 private:
  struct Chosen {
    const store::BatchLine* line;
    burst::Verdict verdict;
  };

  base::Result<void> may_begin(const store::Batch& batch, const std::vector<Chosen>& chosen) const;
  std::set<int> sent_meanwhile(const store::Batch& batch, const std::vector<Chosen>& chosen) const;
  burst::Verdict verdict_now(const store::Batch& batch, const store::BatchLine& line) const;
  void accept(const store::Batch& batch, const Chosen& chosen);
  message::Message message_of(const store::Batch& batch, const store::BatchLine& line) const;
  Sent answer(const store::Batch& batch, const std::set<int>& rows) const;
  std::optional<std::string> claimed_by(const store::Batch& batch, const store::BatchLine& line) const;
  burst::Timing timing_of(const store::Batch& batch) const;

  store::Transaction& x_transaction;
  SendingRules x_rules;
  std::vector<message::Message> x_queued;
};

}  // namespace burstd::clinic
