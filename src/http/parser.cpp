#include "http/parser.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

#include "http/target.hpp"

namespace burstd::http {

namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::string_view;
using Trouble = beast::http::error;

std::string_view view(string_view given) { return {given.data(), given.size()}; }
std::string text(string_view given) { return std::string(view(given)); }

bool is_word(std::string_view value, string_view word) {
  return beast::iequals(string_view(value.data(), value.size()), word);
}

// "GET / HTTP/2.0": well-formed, but of a version that is not spoken here.
bool names_a_version(std::string_view input) {
  const std::string_view line = input.substr(0, input.find('\r'));
  const std::size_t at = line.rfind(" HTTP/");
  return at != std::string_view::npos && line.size() == at + 9 && line[at + 7] == '.';
}

Refusal malformed(std::string detail) { return Refusal{400, "malformed-request", std::move(detail)}; }

Refusal header_too_large(std::size_t limit) {
  return Refusal{431, "header-too-large",
                 "The request line and header fields together exceed " + std::to_string(limit) + " octets."};
}

Refusal body_too_large(std::size_t limit) {
  return Refusal{413, "body-too-large",
                 "The body exceeds " + std::to_string(limit) + " octets; split the request into several."};
}

}  // namespace

class Parser::Reader {
 public:
  Reader(const Options& options, const Peer& peer) : x_options(options) {
    x_request.peer = peer;
    x_parser.header_limit(static_cast<std::uint32_t>(options.header_limit));
    x_parser.body_limit(options.body_limit);
  }

  std::size_t feed(std::string_view input);
  std::size_t body_size() const { return x_parser.get().body().size(); }
  const Request& request() const { return x_request; }
  Request take();
  void drop_body() { std::string().swap(x_parser.get().body()); }

  Stage stage = Stage::head;
  Head head;
  Refusal refusal{};

 private:
  void refuse(Refusal why) {
    stage = Stage::refused;
    refusal = std::move(why);
  }
  void translate(const error_code& failed, std::string_view input);
  void finish_head();
  void check_fields();
  void read_target();

  const Options& x_options;
  beast::http::request_parser<beast::http::string_body> x_parser;
  Request x_request;
  std::size_t x_head_octets = 0;
};

std::size_t Parser::Reader::feed(std::string_view input) {
  std::size_t taken = 0;
  while (!head.begun && input.substr(taken).starts_with("\r\n")) taken += 2;  // RFC 9112, 2.2
  const std::string_view rest = input.substr(taken);
  error_code failed;
  if (!rest.empty() && (head.begun || rest != "\r")) {
    head.begun = true;
    x_parser.eager(stage == Stage::body);
    taken += x_parser.put(boost::asio::const_buffer(rest.data(), rest.size()), failed);
  }
  const bool waits = failed == Trouble::need_more;
  if (failed && !waits) {
    translate(failed, rest);
    return taken;
  }
  const std::size_t left = waits ? input.size() - taken : 0;
  if (stage == Stage::head) x_head_octets += taken;
  // Beast holds its limit against what it has not taken yet: a head cut cleverly enough would have none.
  if (stage == Stage::head && x_head_octets + left > x_options.header_limit) {
    refuse(header_too_large(x_options.header_limit));
  } else if (stage == Stage::body && left > x_options.header_limit) {
    refuse(malformed("A chunk's size line or the trailer is too long."));
  } else if (stage == Stage::head && x_parser.is_header_done()) {
    finish_head();
  }
  if (stage == Stage::body && x_parser.is_done()) stage = Stage::whole;
  return taken;
}

Request Parser::Reader::take() {
  x_request.body = std::move(x_parser.get().body());
  return std::move(x_request);
}

void Parser::Reader::translate(const error_code& failed, std::string_view input) {
  if (failed == Trouble::header_limit) return refuse(header_too_large(x_options.header_limit));
  if (failed == Trouble::body_limit) return refuse(body_too_large(x_options.body_limit));
  if (failed == Trouble::bad_version && names_a_version(input)) {
    return refuse({505, "http-version-unknown", "This server speaks HTTP/1.1 and HTTP/1.0."});
  }
  refuse(malformed("The request breaks the rules of HTTP/1.1: " + failed.message() + "."));
}

void Parser::Reader::finish_head() {
  const auto& message = x_parser.get();
  x_request.method = text(message.method_string());
  for (const auto& field : message) x_request.headers.emplace_back(text(field.name_string()), text(field.value()));
  head.http10 = message.version() == 10;
  head.keep_alive = x_parser.keep_alive() && !head.http10;
  head.answer_without_body = x_request.method == "HEAD";
  if (head.answer_without_body) x_request.method = "GET";
  if (const auto length = x_parser.content_length()) head.length = static_cast<std::size_t>(*length);
  check_fields();
  if (stage != Stage::refused) read_target();
  if (stage != Stage::refused) stage = x_parser.is_done() ? Stage::whole : Stage::body;
}

void Parser::Reader::check_fields() {
  const std::string& method = x_request.method;
  const auto coding = x_request.header("Transfer-Encoding");
  const auto expectation = x_request.header("Expect");
  if (!head.http10 && x_parser.get().count(beast::http::field::host) != 1) {
    refuse(malformed("HTTP/1.1 asks for exactly one Host header field; any value will do."));
  } else if (coding && head.http10) {
    refuse(malformed("HTTP/1.0 has no Transfer-Encoding; give a Content-Length."));
  } else if (coding && !is_word(*coding, "chunked")) {
    refuse({501, "transfer-coding-unknown", "The only transfer coding that is understood here is \"chunked\"."});
  } else if (!coding && !head.length && (method == "POST" || method == "PUT")) {
    refuse({411, "length-required", "A " + method + " needs a Content-Length (0 for no body) or chunks."});
  } else if (expectation && !head.http10) {
    head.expects_continue = is_word(*expectation, "100-continue");
    if (!head.expects_continue) refuse({417, "expectation-unknown", "The only expectation met here is 100-continue."});
  }
}

void Parser::Reader::read_target() {
  base::Result<Target> target = parse_target(view(x_parser.get().target()));
  if (!target) return refuse({400, target.error().code, target.error().sentence});
  x_request.path = std::move(target->path);
  x_request.segments = std::move(target->segments);
  x_request.query = std::move(target->query);
}

Parser::Parser(const Options& options, const Peer& peer) : x_reader(std::make_unique<Reader>(options, peer)) {}
Parser::~Parser() = default;

std::size_t Parser::feed(std::string_view input) { return x_reader->feed(input); }
Parser::Stage Parser::stage() const { return x_reader->stage; }
const Head& Parser::head() const { return x_reader->head; }
const Refusal& Parser::refusal() const { return x_reader->refusal; }
std::size_t Parser::body_size() const { return x_reader->body_size(); }
const Request& Parser::request() const { return x_reader->request(); }
Request Parser::take() { return x_reader->take(); }
void Parser::drop_body() { x_reader->drop_body(); }

}  // namespace burstd::http
