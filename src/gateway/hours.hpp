// The hours of sending as the dispatcher needs them: which categories may not go now, and when that changes. By the
// clinic's clock; it reads none itself and changes nothing.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "calendar/zone.hpp"
#include "message/window.hpp"

namespace burstd::gateway {

class Hours {
 public:
  Hours(std::map<std::string, message::Window> windows, const std::string& zone)
      : x_windows(std::move(windows)), x_zone(zone) {}

  std::set<std::string> closed(base::Time now) const;

  // When a category is next open, from then on. Nothing: never.
  std::optional<base::Time> opening(const std::string& category, base::Time from) const;

  // When a category opens or closes next; at most a day away.
  base::Time next_change(base::Time now) const;

 private:
  base::Time time_of(base::Time now, const message::Opening& opening) const;

  std::map<std::string, message::Window> x_windows;
  calendar::Zone x_zone;
};

}  // namespace burstd::gateway
