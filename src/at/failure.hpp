// How a modem says no: the final results other than OK (27.005 3.2.5, 27.007 9.2), and what each means. Made by the
// dialogue, explained by the tables of errors.cpp, read by modem; decides nothing about repeating.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/blame.hpp"
#include "base/patience.hpp"

namespace burstd::at {

struct Failure {
  enum class Kind : std::uint8_t {
    cms,    // +CMS ERROR: <n>
    cme,    // +CME ERROR: <n>
    error,  // ERROR, COMMAND NOT SUPPORT, or an error in words that no table knows
  };
  Kind kind;
  int code;          // -1 where the modem gave none
  std::string text;  // the line as the modem sent it
};

// SIM or modem are busy or still starting (CME 14 and 515, CMS 314 and 515): the same question may be answered soon.
bool is_busy(const Failure& failure);

// What the modem itself needs after a refusal.
enum class Remedy : std::uint8_t {
  none,
  drain,    // its memory is full: what it holds is fetched
  look,     // is it still in the network?
  set_up,   // it is set up again
  restart,  // it is told to start anew
};

// One row of the error tables: what the number means and what to do about it.
struct Meaning {
  int code;
  std::string_view name;  // the standard's name
  base::Blame blame;
  std::string_view sentence;  // for a receptionist
  base::Patience patience = base::Patience::usual;
  int suspect_after = 0;  // different numbers refused in a row for this that make the SIM suspect; 0: never
  Remedy remedy = Remedy::none;
  int remedy_after = 1;  // refusals in a row of this code
};

// Never fails: what no table knows is Blame::transient before the air and Blame::unknown after it, decided by
// the caller; the row returned for an unknown code says "The modem could not send and gave no reason…".
const Meaning& meaning(const Failure& failure);

}  // namespace burstd::at
