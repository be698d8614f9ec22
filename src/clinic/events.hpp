// What a watcher is told: the changes of the record after a position, page by page, each with the thing as it now is.
// Several changes of one thing are told once, under the newest number. api asks; nothing is changed here, and nobody
// who watches is known here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clinic/bursts.hpp"
#include "clinic/items.hpp"
#include "gateway/gateway.hpp"
#include "store/history.hpp"
#include "store/inbox.hpp"
#include "store/opt_outs.hpp"

namespace burstd::clinic {

// `change` is the row of the history. Beside it there is the item, the burst, the reply or the opt-out that it is
// about; of what the gateway says of itself (kinds "modem", "quota", "gateway") the row is all there is.
struct Event {
  store::Change change;
  std::optional<Item> item;
  std::optional<Burst> burst;
  std::optional<store::Reply> reply;
  std::optional<store::OptOut> opt_out;
};

struct EventPage {
  std::vector<Event> events;  // oldest change first
  std::int64_t upto = 0;      // where the next page goes on
};

class Events {
 public:
  Events(Bursts& bursts, gateway::Gateway& gateway) : x_bursts(bursts), x_gateway(gateway) {}

  // What comes after this change, out of at most `limit` changes. A page without events may still lead on. Fails with
  // "resync" where the position is none of this record.
  async::Task<base::Result<EventPage>> after(std::int64_t seq, std::size_t limit);

 private:
  Bursts& x_bursts;
  gateway::Gateway& x_gateway;
};

}  // namespace burstd::clinic
