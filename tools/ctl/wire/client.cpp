#include "ctl/wire/client.hpp"

#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/none.hpp>
#include <span>

#include "ctl/wire/socket.hpp"

namespace burstd::ctl {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::size_t download_room = 256UL * 1024;
constexpr std::uint64_t answer_limit = 256ULL * 1024 * 1024;

// What Beast calls a SyncStream, over our Socket.
class Stream {
 public:
  explicit Stream(Socket& socket) : x_socket(socket) {}

  template <class Buffers>
  std::size_t read_some(const Buffers& buffers, beast::error_code& failure) {
    failure.clear();
    const asio::mutable_buffer first = *asio::buffer_sequence_begin(buffers);
    if (asio::buffer_size(buffers) == 0) return 0;
    const std::size_t got = x_socket.read(first.data(), first.size(), failure);
    if (got == 0 && !failure) failure = asio::error::eof;
    return got;
  }

  template <class Buffers>
  std::size_t write_some(const Buffers& buffers, beast::error_code& failure) {
    failure.clear();
    for (auto it = asio::buffer_sequence_begin(buffers); it != asio::buffer_sequence_end(buffers); ++it) {
      const asio::const_buffer piece = *it;
      if (piece.size() > 0) return x_socket.write(piece.data(), piece.size(), failure);
    }
    return 0;
  }

  template <class Buffers>
  std::size_t read_some(const Buffers& buffers) {
    beast::error_code failure;
    const std::size_t got = read_some(buffers, failure);
    if (failure) throw beast::system_error{failure};
    return got;
  }

  template <class Buffers>
  std::size_t write_some(const Buffers& buffers) {
    beast::error_code failure;
    const std::size_t put = write_some(buffers, failure);
    if (failure) throw beast::system_error{failure};
    return put;
  }

 private:
  Socket& x_socket;
};

http::request<http::string_body> on_the_wire(const Request& request) {
  http::request<http::string_body> wire{http::string_to_verb(request.method), request.target, 11};
  wire.set(http::field::host, "burstd");
  wire.set(http::field::user_agent, "burstctl/" BURSTD_VERSION);
  wire.set(http::field::accept, "application/json, application/problem+json, */*;q=0.1");
  wire.set(http::field::connection, "close");
  if (!request.body.empty()) {
    wire.set(http::field::content_type, "application/json");
    wire.body() = request.body;
  }
  wire.prepare_payload();
  return wire;
}

base::Error no_answer(const std::string& path, const beast::error_code& failure) {
  const bool silent = failure == beast::errc::timed_out;
  return {base::Fault::unavailable, "no-answer",
          fmt::format("the gateway on {} took the request but gave no answer: {}.", path,
                      silent ? "it stayed silent" : failure.message())};
}

// A gateway that refuses early (413) answers before it has read all: a failed write is no verdict yet.
void send(Stream& stream, const Request& request) {
  beast::error_code failure;
  const auto wire = on_the_wire(request);
  http::write(stream, wire, failure);
}

}  // namespace

base::Result<Answer> Client::ask(const Request& request) const {
  auto socket = Socket::connect(x_socket, x_patience);
  if (!socket) return socket.error();
  Stream stream(*socket);
  send(stream, request);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(answer_limit);
  beast::error_code trouble;
  http::read(stream, buffer, parser, trouble);
  if (trouble) return no_answer(x_socket, trouble);
  auto response = parser.release();
  Answer answer{response.result_int(), std::move(response.body()), std::string(response[http::field::retry_after]),
                response["Idempotent-Replayed"] == "true"};
  return answer;
}

namespace {

// Nothing: there is no more. Fails where the answer broke off.
base::Result<std::string_view> next_piece(Stream& stream, beast::flat_buffer& buffer,
                                          http::response_parser<http::buffer_body>& parser, std::span<char> room) {
  if (parser.is_done()) return std::string_view();
  parser.get().body().data = room.data();
  parser.get().body().size = room.size();
  beast::error_code failure;
  http::read(stream, buffer, parser, failure);
  if (failure && failure != http::error::need_buffer)
    return base::Error{base::Fault::unavailable, "no-answer",
                       "the gateway's answer broke off: " + failure.message() + "."};
  return std::string_view(room.data(), room.size() - parser.get().body().size);
}

}  // namespace

base::Result<Answer> Client::download(const Request& request, const Take& take) const {
  auto socket = Socket::connect(x_socket, x_patience);
  if (!socket) return socket.error();
  Stream stream(*socket);
  send(stream, request);
  beast::flat_buffer buffer;
  http::response_parser<http::buffer_body> parser;
  parser.body_limit(boost::none);
  beast::error_code trouble;
  http::read_header(stream, buffer, parser, trouble);
  if (trouble) return no_answer(x_socket, trouble);
  Answer answer{parser.get().result_int(), {}, std::string(parser.get()[http::field::retry_after]), false};
  std::vector<char> room(download_room);
  while (!parser.is_done()) {
    const auto piece = next_piece(stream, buffer, parser, room);
    if (!piece) return piece.error();
    answer.good() ? take(*piece) : static_cast<void>(answer.body.append(*piece));
  }
  return answer;
}

std::string encoded(std::string_view text) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string out;
  for (const char c : text) {
    if (plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string with_query(std::string path, const Query& query) {
  char joint = '?';
  for (const auto& [name, value] : query) {
    if (value.empty()) continue;
    path += joint + std::string(name) + "=" + encoded(value);
    joint = '&';
  }
  return path;
}

}  // namespace burstd::ctl
