// Octets → one Request, or the reason why it is refused: Beast's parser under this room's own rules. No I/O, no
// clock. A session makes a new one for each request.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"
#include "http/options.hpp"

namespace burstd::http {

// A fault that http finds itself; the responder makes the body for it.
struct Refusal {
  int status;
  std::string code;
  std::string detail;
};

// What a session must know besides the request itself; complete when the stage is past `head`.
struct Head {
  std::optional<std::size_t> length;  // of the body; nothing: chunked, or there is none
  bool begun = false;                 // an octet of a request came; empty lines before it are none
  bool http10 = false;
  bool keep_alive = false;
  bool expects_continue = false;
  bool answer_without_body = false;  // HEAD
};

class Parser {
 public:
  enum class Stage : std::uint8_t { head, body, whole, refused };

  Parser(const Options& options, const Peer& peer);
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser();

  // Takes octets from the front and says how many; hand in the rest again with what follows it. Takes no octet past
  // the end of the head in the first go, and none past the end of the request.
  std::size_t feed(std::string_view input);

  Stage stage() const;
  const Head& head() const;
  const Refusal& refusal() const;  // at Stage::refused
  std::size_t body_size() const;   // so far

  const Request& request() const;  // past Stage::head; without its body
  Request take();                  // at Stage::whole
  void drop_body();                // what came of it is given back; the parser takes nothing more

 private:
  class Reader;
  std::unique_ptr<Reader> x_reader;
};

}  // namespace burstd::http
