// What the gateway tells of as it happens: one long poll after the other, each going on where the last one ended, also
// over a restart of the gateway. Used by every command that watches; it keeps nothing but its position.
#pragma once

#include <boost/json/array.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct Heard {
  boost::json::array events;
  bool anew = false;  // the gateway has another record; what happened in between is not known
};

class Follower {
 public:
  // From after this change; without one from now on.
  explicit Follower(const Session& session, std::optional<std::int64_t> after = {})
      : x_session(session), x_after(after) {}

  // The next events; none for a while is an answer, too. Nothing when Ctrl-C came. A gateway that is away is waited
  // for, one that has another record is told of on the error stream.
  Or<std::optional<Heard>> next(const Watching& watching);

  // Between two looks at something else: until anything has changed, or a moment. False when Ctrl-C came.
  bool pause(const Watching& watching);

  std::optional<std::int64_t> position() const { return x_after; }

 private:
  Request question() const;
  Heard begin_anew();

  const Session& x_session;
  std::optional<std::int64_t> x_after;
  std::string x_epoch;
  bool x_mute = false;  // this gateway does not tell
};

}  // namespace burstd::ctl
