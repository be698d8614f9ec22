// Verification of the record: the chain of its history, what the chain commits to, and every message's state folded
// anew from its history and parts. In pages, each in a snapshot of its own unless the connection holds one, so that a
// long record needs no more memory than a short one and no writer waits. It changes nothing and decides nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "store/history.hpp"

namespace burstd::store {

// The first row that is not as it must be.
struct Broken {
  std::string table;  // "history", "message", "part", "note", "audit"; "file": a page of it
  std::int64_t id = 0;
  std::string what;  // a sentence without texts and numbers
};

struct Verification {
  std::int64_t rows = 0, messages = 0;    // looked at
  std::optional<std::int64_t> first_bad;  // seq of the first row of the history that does not fit the chain
  std::optional<Broken> broken;           // what it is, there or in a message's state
  Newest newest;
  bool whole = false;
  std::string sentence;
};

// Asked between pages. Where it says no there is no answer.
using GoesOn = std::function<bool()>;

// The chain; also whether every message that still has its text, every note and every row of the audit is what it
// commits to.
std::optional<Verification> verify_chain(const Connection& connection, const GoesOn& goes_on);

// The chain, then every message.
std::optional<Verification> verify_record(const Connection& connection, const GoesOn& goes_on);

}  // namespace burstd::store
