// What one SIM may still send, kept right over midnights: message::Pace, begun from the record when the SIM comes into
// service. Used by the dispatcher's loop of that SIM; other loops only ask it what is left.
#pragma once

#include <string>

#include "calendar/zone.hpp"
#include "gateway/options.hpp"
#include "gateway/rooms.hpp"
#include "message/pace.hpp"
#include "store/reader.hpp"

namespace burstd::gateway {

class Purse {
 public:
  Purse(const Options& options, const std::string& modem);

  // What was charged to the SIM before, from the record.
  async::Task<> fill(store::Reader& reader, std::string sim);

  const message::Pace& pace(base::Time now);

  // Other limits, or another place's midnights. What was spent stays until it is filled anew, but for what no limit
  // asked for.
  void retune(const Options& options, const std::string& modem);

  void charge(base::Time at, const std::string& number);
  void give_back(base::Time at) { x_pace.give_back(at); }

  // What it may still send, without its money.
  Allowance allowance(base::Time now);

  // A pause between two messages, at random.
  base::Milliseconds jitter() const;

 private:
  message::Midnights midnights(base::Time now) const { return {x_zone.next_day(now), x_zone.next_month(now)}; }

  message::Limits x_limits;
  calendar::Zone x_zone;
  message::Pace x_pace;
};

}  // namespace burstd::gateway
