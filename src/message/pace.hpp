// What one SIM may still send: its limits by minute, hour, day, month and distinct recipients, against what was charged
// to it. Pure: what was spent comes from the record at the start and from every hand-over afterwards; the calendar's
// midnights are told. A limit of 0 is none.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/time.hpp"

namespace burstd::message {

// In segments, but for the recipients. The defaults are careful ones for a consumer's SIM: operators do not publish
// theirs, and block without a word.
struct Limits {
  int per_minute = 6;
  int per_hour = 60;
  int per_day = 100;
  int per_month = 0;
  int recipients_per_month = 200;
  base::Milliseconds jitter{0};  // between two messages, up to so much, at random

  bool operator==(const Limits&) const = default;
};

enum class Limit : std::uint8_t { none, minute, hour, day, month, recipients };
const char* to_string(Limit limit);

// By the minute and the hour a SIM only goes slower; the others end its work for a day or a month.
constexpr bool sets_pace(Limit limit) { return limit == Limit::minute || limit == Limit::hour; }

// What one limit leaves.
struct Remainder {
  Limit limit = Limit::none;
  int most = 0;                               // segments, or new recipients
  int left = 0;                               // of these
  std::optional<base::Time> goes_on_at = {};  // of one that leaves nothing
};

// A number, by a value that stays the same for the life of the process.
using Recipient = std::uint64_t;
Recipient recipient_of(std::string_view number);

struct Spent {
  std::deque<base::Time> hour;               // when each segment of the last hour was charged, oldest first
  int day = 0, month = 0;                    // segments since the last midnights
  std::unordered_set<Recipient> recipients;  // of the month
};

struct Midnights {
  base::Time next_day, next_month;
};

class Pace {
 public:
  Pace() = default;
  Pace(Limits limits, Spent spent, Midnights midnights)
      : x_limits(limits), x_spent(std::move(spent)), x_midnights(midnights) {}

  const Limits& limits() const { return x_limits; }

  // Whether a message of so many segments may begin now: all of them must have room. `at` is when it may; beyond the
  // next midnight nothing is promised. One that is longer than a limit may go when nothing else went.
  struct Leave {
    base::Time at;
    Limit by = Limit::none;
  };
  Leave leave(base::Time now, int segments, Recipient recipient) const;

  // The same of any message: before that time nothing can go, whatever it is.
  Leave anything(base::Time now) const;

  // At Ctrl-Z, for each segment; given back when it is proven that nothing left.
  void charge(base::Time at, Recipient recipient);
  void give_back(base::Time at);

  // What was charged by a clock that was set back since counts as if charged now.
  void set_back(base::Time now);

  // After a midnight: what is over is forgotten.
  bool is_over(base::Time now) const { return now >= x_midnights.next_day; }
  void turn(base::Time now, Midnights midnights);

  // Segments that the limits by day and month leave until then; nothing: no such limit. `days`, `months`: midnights
  // between now and then.
  struct Span {
    int days = 0, months = 0;
  };
  std::optional<std::int64_t> left(Span span) const;

  // Of each limit that there is, the shortest time first.
  std::vector<Remainder> remainders(base::Time now) const;

  bool knows(Recipient recipient) const { return x_spent.recipients.count(recipient) > 0; }

  const Spent& spent() const { return x_spent; }

 private:
  int charged_in(base::Milliseconds window, base::Time now) const;
  std::optional<base::Time> room_in(base::Milliseconds window, int limit, int segments, base::Time now) const;

  Limits x_limits;
  Spent x_spent;
  Midnights x_midnights;
};

}  // namespace burstd::message
