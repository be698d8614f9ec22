// The answer of every call that can be refused: a value, or an Error that says what happened, to what,
// and what to do. Every room uses it. Exceptions are for start-up and for a broken store only.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string>

namespace burstd::base {

enum class Fault : std::uint8_t {
  malformed,    // the input breaks a rule of its format
  refused,      // understood, but not allowed in this state or for this caller
  missing,      // what it names does not exist
  conflict,     // collides with what is already recorded
  unavailable,  // not now; trying again may help
  exhausted,    // a limit is reached or the disk is full
  broken,       // a fault of ours or of the machine
};

struct Error {
  Fault fault;
  std::string code;      // stable, kebab-case, for programs
  std::string sentence;  // for people; names the thing and the remedy
};

template <class T>
using Result = boost::system::result<T, Error>;

// Found by boost::system when value() is asked of an error.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

inline Error malformed(std::string code, std::string sentence) {
  return Error{Fault::malformed, std::move(code), std::move(sentence)};
}

}  // namespace burstd::base
