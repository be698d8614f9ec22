// A waiting message as the plan keeps it, and the orders that it stands in. The links are its own members
// (Boost.Intrusive): nodes around it took a third more memory. The plan's alone.
#pragma once

#include <boost/intrusive/set.hpp>
#include <boost/intrusive/set_hook.hpp>
#include <cstdint>
#include <tuple>

#include "base/time.hpp"
#include "message/job.hpp"
#include "message/words.hpp"

namespace burstd::message {

// Of the place where it waits, and of its end.
using WaitingHook =
    boost::intrusive::set_base_hook<boost::intrusive::tag<struct PlaceInPlan>, boost::intrusive::optimize_size<true>>;
using EndingHook =
    boost::intrusive::set_base_hook<boost::intrusive::tag<struct EndInPlan>, boost::intrusive::optimize_size<true>>;

struct PlanEntry : WaitingHook, EndingHook {
  Key key;
  std::int64_t burst;
  base::Time ready_at, expires_at, prefer_until;
  Recipient recipient;
  Words::Id sim, avoid, preferred, category;
  std::uint16_t segments;
  std::uint8_t route, put_off;
  Priority priority;
  bool refused, appointed;
  bool ready;  // on a shelf, or pinned to a SIM
};

struct ByKey {
  bool operator()(const PlanEntry& one, const PlanEntry& other) const { return one.key < other.key; }
};
struct ByReady {
  bool operator()(const PlanEntry& one, const PlanEntry& other) const {
    return std::tie(one.ready_at, one.key) < std::tie(other.ready_at, other.key);
  }
};
struct ByExpiry {
  bool operator()(const PlanEntry& one, const PlanEntry& other) const {
    return std::tie(one.expires_at, one.key) < std::tie(other.expires_at, other.key);
  }
};

template <class Hook, class Order>
using Ordered = boost::intrusive::set<PlanEntry, boost::intrusive::base_hook<Hook>, boost::intrusive::compare<Order>,
                                      boost::intrusive::constant_time_size<false>>;

using Ready = Ordered<WaitingHook, ByKey>;       // may go
using Later = Ordered<WaitingHook, ByReady>;     // not yet
using Expiring = Ordered<EndingHook, ByExpiry>;  // all

}  // namespace burstd::message
