// The hours in which messages may go out, by the clock on the clinic's wall. Pure: what that clock shows is told, and
// the answer is in its terms. No hours at all means that they may always go.
#pragma once

#include <optional>
#include <vector>

namespace burstd::message {

// Weekdays from 1 (Monday) to 7, both included, and minutes of the day: from 0, up to 1440, `to` not included.
struct Hours {
  int first_day = 1, last_day = 7;
  int from = 0, to = 1440;

  bool operator==(const Hours&) const = default;
};

using Window = std::vector<Hours>;

struct WallClock {
  int weekday = 1;
  int minute = 0;
};

bool is_open(const Window& window, WallClock clock);

// How many days from today, and at which minute of that day, it opens next; of a closed one. Nothing: never.
struct Opening {
  int days = 0;
  int minute = 0;
};
std::optional<Opening> next_opening(const Window& window, WallClock clock);

// When the present opening ends, in the same terms; hours that follow on one another within a day are one.
std::optional<Opening> next_closing(const Window& window, WallClock clock);

// The longest stretch of minutes in which it is shut, of any week; nothing: it never opens.
std::optional<int> longest_closing(const Window& window);

}  // namespace burstd::message
