// The head of an answer as octets, and whether it may be written at all. Sessions use it; bodies are written as
// they are.
#pragma once

#include <cstdint>
#include <string>

#include "http/message.hpp"

namespace burstd::http {

enum class Framing : std::uint8_t {
  length,     // Content-Length of Response::body
  chunked,    // a stream
  until_end,  // a stream to an HTTP/1.0 client: the end of the connection is the end of the answer
};

// False for what must not be written: a status that is none, a header that http writes itself, or a name or value
// with a character that could end the line.
bool sound(const Response& response);

std::string render_head(const Response& response, Framing framing, bool keep_alive, base::Time now);

}  // namespace burstd::http
