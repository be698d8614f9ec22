// Numbers that show an integrator every outcome (--numbers): the last four digits say what becomes of a message. The
// table is in README.md and in docs/clients.md. Rules asks it where no rule fits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace burstd::sim {

struct Fate {
  int refused = 0;           // +CMS ERROR after the air; 0: taken
  bool once = false;         // and only the first time
  bool sent = false;         // refused, or without a verdict, and yet it arrives
  bool swallowed = false;    // +CMGS is never said
  std::vector<int> reports;  // TP-Status; none: there is no report
  int slowness = 1;          // so many times the usual delay
  std::string answer;        // what the patient writes back; empty: nothing
};

// Nothing where the ending says nothing.
std::optional<Fate> fate_of(std::string_view number);

}  // namespace burstd::sim
