// Why what is queued does not go now, beyond its own send_after: by the route of its number and the hours of its
// category. A value, made on the loop of how every modem stands and asked on any thread; clinic shows it with each
// message. It changes nothing and knows no clock.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/options.hpp"

namespace burstd::gateway {

// How a modem stands to what waits for it.
enum class Stand : std::uint8_t {
  away,    // not there, not able to send, or its SIM rests because the network refuses it
  paused,  // by a person
  spent,   // its SIM waits for one of its limits
  serves,
};

struct Server {
  std::string modem;
  Stand stand = Stand::away;
  message::Limit limit = message::Limit::none;  // that its SIM waits for …
  std::optional<base::Time> until = {};         // … and until when
};

// What keeps a message.
struct Hold {
  std::string_view by;                          // "no-modem", "paused", "quota"; clinic adds "send-after", "window"
  std::optional<base::Time> until = {};         // as far as it is known
  std::string modem = {};                       // of a quota: whose SIM goes on first …
  message::Limit limit = message::Limit::none;  // … and what it waits for
};

struct Holds {
  // Of the numbers that begin so, where no earlier one fits.
  struct Way {
    std::string prefix;
    Hold hold;  // by nothing: it goes
  };
  std::vector<Way> ways;
  bool restored = false;                                    // nothing goes at all, until somebody releases the record
  bool ends_put_off = false;                                // what is over by the clock waits for one that is confirmed
  Hold others;                                              // the same of all other numbers
  std::map<std::string, std::optional<base::Time>> closed;  // categories whose hours are not now, and when they begin

  const Hold& of(const std::string& number) const;
};

Holds holds_of(const std::vector<Route>& routes, const std::vector<Server>& servers);

}  // namespace burstd::gateway
