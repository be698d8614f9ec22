// How many requests somebody may make: so many a second, and some more at once after a pause. Pure: the moment is
// handed in. Guests has one for each user.
#pragma once

#include <algorithm>

#include "base/time.hpp"

namespace burstd::http {

class Bucket {
 public:
  using Span = base::Steady::duration;

  // `rate` a second, 0: no limit; `burst` at once.
  Bucket(std::size_t rate, std::size_t burst)
      : x_each(rate == 0 ? Span{0} : Span{std::chrono::seconds{1}} / static_cast<Span::rep>(rate)),
        x_slack(x_each * static_cast<Span::rep>(std::max<std::size_t>(burst, 1) - 1)) {}

  // Takes one; nothing when there is none now.
  bool take(base::Steady now) {
    if (wait(now) > Span{0}) return false;
    x_level = std::max(x_level, now) + x_each;
    return true;
  }

  // Until there is one.
  Span wait(base::Steady now) const { return std::max(x_level - now - x_slack, Span{0}); }

  // Nothing has been taken that is not made up for by now.
  bool full(base::Steady now) const { return x_level <= now; }

 private:
  Span x_each, x_slack;
  base::Steady x_level;  // when what was taken is made up for
};

}  // namespace burstd::http
