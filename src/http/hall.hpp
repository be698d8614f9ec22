// What all sessions of one server share: the limits, what is taken of them, and who answers. Server owns it and
// outlives its sessions; nothing in it waits.
#pragma once

#include <utility>

#include "http/deadlines.hpp"
#include "http/guests.hpp"
#include "http/options.hpp"
#include "http/responder.hpp"

namespace burstd::http {

struct Hall {
  Hall(Options given, Responder& who)
      : options(std::move(given)),
        responder(who),
        guests(options),
        connections(options.connections + options.connections_for_others),
        streams(options.streams + options.streams_for_others),
        bodies(options.bodies_in_flight + options.bodies_for_others) {}

  const Options options;
  Responder& responder;
  Deadlines deadlines;
  Guests guests;
  Budget connections;
  Budget streams;
  Budget bodies;
  bool stopping = false;
};

}  // namespace burstd::http
