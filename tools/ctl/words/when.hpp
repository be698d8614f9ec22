// Times for people: local ("today 14:03", "21 Nov 14:03") when shown, forgiving when typed. Programs get
// RFC 3339 from --json. The zone is the process's own (see clinic_clock); "now" is handed in.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"

namespace burstd::ctl {

std::string for_people(base::Time time, base::Time now);

// The same for an RFC 3339 text of the gateway; anything else is given back as it is.
std::string for_people(std::string_view rfc3339, base::Time now);

// As the clock of that place (IANA) shows it, with its weekday: "Mon 30 Nov 08:30". Without a place as above.
std::string at_place(std::string_view rfc3339, const std::string& zone, base::Time now);

// "today 14:03:59", where the order of things matters.
std::string to_the_second(std::string_view rfc3339, base::Time now);

// A sentence of the gateway with the times in it as people read them: "… at 2026-11-22T14:05:00Z." → "… today 14:05.",
// to the second where it is within ten minutes.
std::string with_local_times(std::string_view sentence, base::Time now);

// "8 s", "5 min", "1 h 20 min", "3 days".
std::string span(base::Milliseconds length);

// What a day without a time of day means.
enum class Bare : std::uint8_t { day_begins, day_ends, refused };

// RFC 3339, or local: "2026-03-01 08:30", "2026-03-01", "14:30" (today), "today 14:30", "tomorrow 08:00",
// "yesterday". Fails with code "time-invalid".
base::Result<base::Time> read_when(std::string_view typed, base::Time now, Bare bare = Bare::refused);

// What was typed after `option`, as RFC 3339; nothing typed stays nothing. The sentence of an error names the option.
base::Result<std::string> read_moment(std::string_view option, const std::string& typed, base::Time now,
                                      Bare bare = Bare::refused);

// The same for a time from which something is to be sent: one that is over is wrong usage, for people mean the next
// day.
base::Result<std::string> read_start(std::string_view option, const std::string& typed, base::Time now);

}  // namespace burstd::ctl
