// Whose fault a refusal is and what may be done about it: the five retry classes that every error table
// (at/) and every retry rule (message/) speaks in.
#pragma once

#include <cstdint>

namespace burstd::base {

enum class Blame : std::uint8_t {
  recipient,  // R: permanent for this number or text; do not repeat, tell the clinic
  sim,        // S: this SIM or modem cannot until somebody acts; another one may
  transient,  // T: repeat later
  unknown,    // U: it may have been sent; never repeat by itself
  ours,       // B: a parameter of ours; do not repeat, tell the developers
};

}  // namespace burstd::base
