// Who answers the requests: api implements it, http calls it on the loop thread. An exception from answer()
// becomes a 500 by refuse() and hurts nobody else.
#pragma once

#include <string>

#include "http/message.hpp"

namespace burstd::http {

class Responder {
 public:
  virtual ~Responder() = default;

  virtual async::Task<Response> answer(Request request) = 0;

  // Asked when the head of a request has come and its body, which may be large, has not: an answer to be given at once
  // (the connection ends with it), or nothing to take the body. `request.peer` is set.
  virtual std::optional<Response> screen(const Request&) { return std::nullopt; }

  // The body for a fault that http found itself. `code` is stable and in kebab-case, `detail` a sentence; http adds
  // headers of its own (Retry-After) and closes the connection.
  virtual Response refuse(int status, std::string code, std::string detail) = 0;

  // Called once when the server stops: let what waits for something answer now, such as a long poll. Streams are
  // closed() by then, and woken.
  virtual void stopping() {}
};

}  // namespace burstd::http
