// What a person typed ⇄ E.164. Used before anything is recorded as sendable, and to tell which recipient a report or a
// reply belongs to. It never asks a network: a valid number may still not exist.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "number/plan.hpp"

namespace burstd::number {

struct Number {
  std::string e164;  // "+41791234567"
  Kind kind;

  bool operator==(const Number&) const = default;
};

// Reads spaces, dots, slashes, dashes, brackets, "(0)", "+", international and trunk prefixes. A number without any
// international prefix is read as one of `home`. Fails with "number-missing" or "number-invalid"; the sentence is for
// a receptionist and holds no number.
base::Result<Number> parse(std::string_view typed, const Plan& home);

}  // namespace burstd::number
