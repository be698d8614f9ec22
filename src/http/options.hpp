// What the administrator says about the socket and its limits. config fills it from the section "api", http reads
// it; the defaults are those of the manual. Sizes are octets.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace burstd::http {

struct Options {
  std::string socket_path = "/run/burstd/burstd.sock";
  unsigned mode = 0660;
  std::optional<std::string> group;  // the socket's group, by name; nothing: the one of the process

  std::size_t header_limit = 8UL * 1024;
  std::size_t body_limit = 8UL * 1024 * 1024;

  // What one user of the machine (uid) may have at a time …
  std::size_t bodies_in_flight = 16UL * 1024 * 1024;
  std::size_t connections = 1024;
  std::size_t streams = 256;  // streamed answers, counted apart from the connections
  // … and what is there beside that for all others, so that none of them goes without because of one.
  std::size_t bodies_for_others = 8UL * 1024 * 1024;
  std::size_t connections_for_others = 256;
  std::size_t streams_for_others = 64;

  // What a user may ask in a second, 0: without limit, and how much at once after a pause.
  std::size_t requests_per_second = 1000;
  std::size_t requests_at_once = 2000;

  std::chrono::milliseconds request_time{5'000};  // from a request's first octet to the end of its head
  // A body has request_time, and an answer stall_time, and one second more for each so many octets.
  std::size_t body_rate = 256UL * 1024;
  std::chrono::milliseconds idle_time{60'000};   // between requests
  std::chrono::milliseconds stall_time{30'000};  // an answer of which the client takes nothing for so long is cut off
  std::chrono::milliseconds stop_time{5'000};    // what answers in flight have after stop()
};

}  // namespace burstd::http
