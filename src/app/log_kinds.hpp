// What kind of line a line of the log is, and which modem or message it is about, read from the line itself: the rooms
// only write sentences. The table of kinds is held against every line that the sources write by a test. Pure.
#pragma once

#include <string_view>

namespace burstd::app {

struct LogLine {
  std::string_view kind;        // "modem-state"; "other" of what is not in the table
  std::string_view message_id;  // 128 bits in hexadecimal, one for each kind
  std::string_view modem;       // empty: about none
  std::string_view message;     // by its key or id; empty: about none
};

// The views are of `text` and of the table.
LogLine read_line(std::string_view text);

}  // namespace burstd::app
