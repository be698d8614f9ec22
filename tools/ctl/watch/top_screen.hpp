// What the live screen shows, line by line: the gateway, the queue, what was done in the last minute, the modems, the
// last events. Pure: the terminal, the gateway and the clock are top_command's. No text and no whole number is on it,
// because such a screen hangs on a wall.
#pragma once

#include <boost/json/object.hpp>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "ctl/watch/figures.hpp"
#include "ctl/watch/full_screen.hpp"

namespace burstd::ctl {

// What happened since a moment, by two readings of the figures.
struct Paces {
  double sent = 0, delivered = 0, failed = 0, replies = 0;
};

Paces paces_between(const Figures& before, const Figures& after);

struct Picture {
  base::Time now;
  boost::json::object status;      // GET /v1/status, the last that came
  Figures figures;                 // of the same moment
  std::optional<Paces> paces;      // of the last minute; nothing: there was one reading only
  std::deque<std::string> events;  // the newest last
  std::string trouble;             // why it is not the present; empty: it is
  base::Time known;                // when all this was so
  bool goes_on = true;             // it is drawn again and again, and somebody can end it
};

// "14:03:59  item  …567  Sent Successfully"; of a kind that is not known, its time and kind. `event`: of GET
// /v1/events.
std::string event_line(const boost::json::object& event, base::Time now);

// As many as the screen has rows, none wider than it.
std::vector<std::string> lines_of(const Picture& picture, ScreenSize size, bool colour);

// What to write so that the terminal shows just these lines, without being blank in between.
std::string frame_of(const std::vector<std::string>& lines);

}  // namespace burstd::ctl
