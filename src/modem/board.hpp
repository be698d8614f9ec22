// The status of one modem and its one way out: every change is told to the Host at once. Written by the
// supervisor, the session and its parts.
#pragma once

#include <string>
#include <utility>

#include "modem/link.hpp"
#include "modem/status.hpp"

namespace burstd::modem {

class Board {
 public:
  Board(Status first, Host& host) : x_status(std::move(first)), x_host(host) {}

  const Status& status() const { return x_status; }

  // Says nothing when both are what they were.
  void set(State state, std::string sentence = {});

  template <class Change>
  void note(Change change) {
    change(x_status);
    x_host.status(x_status);
  }

 private:
  Status x_status;
  Host& x_host;
};

}  // namespace burstd::modem
