// What all sessions of one server share: the limits, what is taken of them, and who answers. Server owns it and
// outlives its sessions; nothing in it waits.
#pragma once

#include <utility>

#include "http/budget.hpp"
#include "http/deadlines.hpp"
#include "http/options.hpp"
#include "http/responder.hpp"

namespace burstd::http {

struct Hall {
  Hall(Options given, Responder& who)
      : options(std::move(given)),
        responder(who),
        connections(options.connections),
        streams(options.streams),
        bodies(options.bodies_in_flight) {}

  const Options options;
  Responder& responder;
  Deadlines deadlines;
  Budget connections;
  Budget streams;
  Budget bodies;
  bool stopping = false;
};

}  // namespace burstd::http
