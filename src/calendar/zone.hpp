// Local time of a place: what day it is there, when its day, month and hours begin, daylight saving included. gateway
// goes by it for quotas of a day or a month and for the hours in which messages may go out. It reads the system's time
// zones and never a clock.
#pragma once

#include <string>

#include "base/time.hpp"

namespace date {
class time_zone;
}

namespace burstd::calendar {

// A moment as a clock on the wall shows it.
struct Local {
  int year = 1970;
  int month = 1;    // 1 to 12
  int day = 1;      // 1 to 31
  int weekday = 1;  // 1 Monday to 7 Sunday (ISO 8601)
  int minute = 0;   // of the day, 0 to 1439
};

// Whether the system has a zone of this name of the IANA database, "Europe/Zurich".
bool is_zone(const std::string& name);

class Zone {
 public:
  // One that the system does not have is UTC.
  explicit Zone(const std::string& name);

  Local local(base::Time time) const;

  // When the wall clock shows this; the weekday is not looked at. Left out in spring: the first moment after the gap;
  // twice in autumn: the first.
  base::Time time_of(const Local& local) const;

  // The midnights around `time`, and the first midnights of months. Where a day begins later (daylight saving in some
  // countries), its first moment.
  base::Time day_begins(base::Time time) const;
  base::Time next_day(base::Time time) const;
  base::Time month_begins(base::Time time) const;
  base::Time next_month(base::Time time) const;

  // When the wall clock shows this minute (0 to 1440) of the day of `time`. A minute that is left out in spring is its
  // first moment after the gap; of one that comes twice in autumn, the first.
  base::Time at_minute(base::Time time, int minute) const;

 private:
  base::Time begin_of(int year, int month, int day) const;

  const date::time_zone* x_zone;
};

}  // namespace burstd::calendar
