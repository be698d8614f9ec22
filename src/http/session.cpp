#include "http/session.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/core/demangle.hpp>
#include <typeinfo>
#include <utility>

#include "async/scope.hpp"
#include "http/render.hpp"
#include "http/stream.hpp"

namespace burstd::http {

namespace {

using End = Wire::End;
using Stage = Parser::Stage;

constexpr std::size_t head_room = 4UL * 1024;
constexpr std::size_t body_room = 64UL * 1024;
constexpr std::size_t joined = 16UL * 1024;              // head and body up to this size are written in one go
constexpr std::size_t drain_limit = 32UL * 1024 * 1024;  // what a refused client may still get rid of
constexpr std::chrono::seconds drain_time{2};

// Only the type: what an exception says may quote a message's text or a number.
void log_exception(const char* where) {
  std::string type = "an exception of unknown type";
  try {
    throw;
  } catch (const std::exception& thrown) {
    type = boost::core::demangle(typeid(thrown).name());
  } catch (...) {
    type = "something that is not a std::exception";
  }
  spdlog::error("{} threw {}; the client gets an error and the daemon goes on", where, type);
}

Refusal too_many_bodies() {
  return {429, "too-many-bodies",
          "Other requests hold all the memory there is for bodies, or all that one user may have; try again in a "
          "moment."};
}

Refusal too_many_connections() {
  return {429, "too-many-connections",
          "All connections are taken, or all that one user may have; close those that are not needed, and try again "
          "in a moment."};
}

Refusal too_many_requests() {
  return {429, "too-many-requests", "These are more requests in a second than one user may make; wait a moment."};
}

// How long `octets` take that are sent or taken at the slowest rate allowed.
base::Milliseconds earned(std::size_t octets, const Options& options) {
  return base::Milliseconds(octets * 1000 / std::max<std::size_t>(options.body_rate, 1));
}

// A small body is read in any case, and its connection kept.
bool may_be_large(const Head& head) { return head.length.value_or(body_room + 1) > body_room; }

async::Task<bool> feed_stream(const Streaming& source, Stream& stream) {
  try {
    const base::Result<void> done = co_await source(stream);
    co_return done.has_value();
  } catch (...) {
    log_exception("a streamed answer");
  }
  co_return false;
}

}  // namespace

Session::Session(Wire::Socket socket, Peer peer, Place place)
    : x_hall(place.hall),
      x_guest(place.guest),
      x_peer(std::move(peer)),
      x_wire(std::move(socket), x_hall.deadlines),
      x_seat(x_hall.connections, x_guest.connections),
      x_stream(x_hall.streams, x_guest.streams),
      x_body(x_hall.bodies, x_guest.bodies) {}

async::Task<> Session::run() {
  x_seat.resize(1);
  for (;;) {  // GCC 12 traps on a co_await within the condition of a while
    const bool more = co_await exchange();
    if (!more || x_hall.stopping) co_return;  // stop() may come while the last octets are on their way
    x_at_rest = true;
  }
}

void Session::stop() {
  if (x_at_rest) x_wire.cut();
  if (x_streaming != nullptr) x_streaming->wake().notify();
}

async::Task<bool> Session::exchange() {
  Parser parser(x_hall.options, x_peer);
  x_refusal.reset();
  const End end = co_await receive(parser);
  if (end == End::late && parser.head().begun) {
    x_refusal = rendered({408, "request-too-slow", "The request did not come in time; send it again in one go."});
  } else if (end != End::none) {
    co_return false;
  }
  if (parser.stage() == Stage::refused) x_refusal = rendered(parser.refusal());
  if (x_refusal) {
    parser.drop_body();
    co_return co_await turn_away(*x_refusal, parser.head());
  }
  Request request = parser.take();
  const Response response = co_await answered(std::move(request));
  x_body.resize(0);
  if (response.stream) co_return co_await send_stream(response, parser.head());
  co_return co_await send(response, parser.head(), parser.head().keep_alive && !x_hall.stopping);
}

async::Task<End> Session::receive(Parser& parser) {
  if (x_wire.input().empty()) {
    const Options& options = x_hall.options;
    const bool seated = x_seat.size() > 0;
    const auto patience = seated ? options.idle_time : std::min(options.idle_time, options.request_time);
    const End end = co_await x_wire.more(head_room, async::now().steady + patience);
    if (end != End::none) co_return end;
  }
  if (x_wire.is_cut()) co_return End::cut;
  x_at_rest = false;
  End end = co_await receive_head(parser);
  if (end != End::none || parser.stage() == Stage::refused || !admit(parser)) co_return end;
  if (parser.stage() == Stage::whole) co_return End::none;
  end = co_await invite(parser.head());
  if (end != End::none) co_return end;
  co_return co_await receive_body(parser);
}

async::Task<End> Session::receive_head(Parser& parser) {
  const base::Steady deadline = async::now().steady + x_hall.options.request_time;
  for (;;) {
    x_wire.consume(parser.feed(x_wire.input()));
    if (parser.stage() != Stage::head) co_return End::none;
    const End end = co_await x_wire.more(head_room, deadline);
    if (end != End::none) co_return end;
  }
}

// Asked between head and body, so that nobody sends what will not be taken.
bool Session::admit(const Parser& parser) {
  if (!x_seat.resize(1)) {
    x_refusal = rendered(too_many_connections());
  } else if (!x_guest.requests.take(async::now().steady)) {
    x_refusal = rendered(too_many_requests());
  } else if (parser.stage() == Stage::body && may_be_large(parser.head())) {
    x_refusal = screened(parser.request());
  }
  if (!x_refusal && !x_body.resize(parser.head().length.value_or(0))) x_refusal = rendered(too_many_bodies());
  return !x_refusal;
}

std::optional<Response> Session::screened(const Request& request) {
  try {
    return x_hall.responder.screen(request);
  } catch (...) {
    log_exception("the look at a request's head");
  }
  return std::nullopt;
}

async::Task<End> Session::invite(const Head& head) {
  if (!head.expects_continue || !x_wire.input().empty()) co_return End::none;
  co_return co_await x_wire.write("HTTP/1.1 100 Continue\r\n\r\n", x_hall.options.stall_time);
}

async::Task<End> Session::receive_body(Parser& parser) {
  const Options& options = x_hall.options;
  const base::Steady begin = async::now().steady;
  for (;;) {
    x_wire.consume(parser.feed(x_wire.input()));
    if (parser.stage() != Stage::body) co_return End::none;
    if (!x_body.resize(std::max(parser.body_size(), x_body.size()))) {
      x_refusal = rendered(too_many_bodies());
      co_return End::none;
    }
    const base::Steady deadline = begin + options.request_time + earned(parser.body_size(), options);
    const End end = co_await x_wire.more(body_room, deadline);
    if (end != End::none) co_return end;
  }
}

async::Task<Response> Session::answered(Request request) {
  try {
    Response response = co_await x_hall.responder.answer(std::move(request));
    if (sound(response)) co_return response;
    spdlog::error("an answer with status {} breaks the rules of HTTP and is replaced by a 500", response.status);
  } catch (...) {
    log_exception("the answer to a request");
  }
  const Refusal refusal{500, "internal-error", "The gateway failed at this request; its log says more."};
  co_return rendered(refusal);
}

Response Session::rendered(const Refusal& refusal) {
  Response response;
  try {
    response = x_hall.responder.refuse(refusal.status, refusal.code, refusal.detail);
  } catch (...) {
    log_exception("the rendering of a refusal");
    response.content_type = "text/plain; charset=utf-8";
    response.body = refusal.detail + "\n";
  }
  response.status = refusal.status;
  response.stream = nullptr;
  if (refusal.status == 429 || refusal.status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

async::Task<bool> Session::send(const Response& response, const Head& head, bool keep_alive) {
  std::string octets = render_head(response, Framing::length, keep_alive, async::now().wall);
  const bool bodiless = head.answer_without_body || response.status == 204 || response.status == 304;
  const std::string_view body = bodiless ? std::string_view{} : std::string_view{response.body};
  const bool together = body.size() <= joined;
  if (together) octets.append(body);
  const base::Milliseconds stall = x_hall.options.stall_time;
  const base::Steady deadline = async::now().steady + stall + earned(body.size(), x_hall.options);
  End end = co_await x_wire.write(octets, stall, deadline);
  if (end == End::none && !together) end = co_await x_wire.write(body, stall, deadline);
  co_return end == End::none&& keep_alive;
}

// The connection ends with the stream: its seat is free for another client at once, and streams are counted apart.
async::Task<bool> Session::send_stream(const Response& response, const Head& head) {
  if (!x_stream.resize(1)) {
    const Response refusal =
        rendered({429, "too-many-streams",
                  "All event streams are taken, or all that one user may have; close one, or ask with wait=30."});
    co_return co_await turn_away(refusal, head);
  }
  x_seat.resize(0);
  const Framing framing = head.http10 ? Framing::until_end : Framing::chunked;
  const std::string octets = render_head(response, framing, false, async::now().wall);
  const End end = co_await x_wire.write(octets, x_hall.options.stall_time);
  if (end != End::none || head.answer_without_body) co_return false;
  WireStream stream(x_wire, x_hall, !head.http10);
  async::Scope beside(co_await async::this_executor());
  beside.spawn(stream.watch());
  x_streaming = &stream;
  const bool whole = co_await feed_stream(response.stream, stream);
  x_streaming = nullptr;
  co_await stream.finish(whole);
  co_await beside.join();
  co_return false;
}

async::Task<bool> Session::turn_away(const Response& response, const Head& head) {
  x_body.resize(0);
  co_await send(response, head, false);
  co_await drain();
  co_return false;
}

// A client that still sends would be broken off by a plain close, and miss what it was told.
async::Task<> Session::drain() {
  x_at_rest = true;
  if (x_hall.stopping) co_return;
  x_wire.end_output();
  const base::Steady deadline = async::now().steady + drain_time;
  std::size_t drained = 0;
  while (drained < drain_limit) {
    drained += x_wire.input().size();
    x_wire.consume(x_wire.input().size());
    const End end = co_await x_wire.more(body_room, deadline);
    if (end != End::none) co_return;
  }
}

}  // namespace burstd::http
