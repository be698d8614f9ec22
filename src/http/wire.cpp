#include "http/wire.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace burstd::http {

using boost::system::error_code;

Wire::Wire(Socket socket, Deadlines& deadlines)
    : x_socket(std::move(socket)), x_deadline(deadlines, [this] {
        x_late = true;
        error_code ignored;
        x_socket.cancel(ignored);
      }) {}

std::string_view Wire::input() const { return {x_buffer.data() + x_begin, x_end - x_begin}; }

void Wire::consume(std::size_t octets) {
  x_begin += octets;
  if (x_begin == x_end) x_begin = x_end = 0;
}

async::Task<Wire::End> Wire::more(std::size_t room, base::Steady deadline) {
  make_room(room);
  x_late = false;
  if (x_cut) co_return End::cut;
  x_deadline.set(deadline);
  error_code failed;
  auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failed);
  const auto space = boost::asio::buffer(x_buffer.data() + x_end, x_buffer.size() - x_end);
  x_end += co_await x_socket.async_read_some(space, token);
  x_deadline.clear();
  co_return cause(failed.failed());
}

async::Task<Wire::End> Wire::write(std::string_view octets, base::Milliseconds stall, base::Steady deadline) {
  x_late = false;
  while (!octets.empty()) {
    if (x_cut) co_return End::cut;
    x_deadline.set(std::min(async::now().steady + stall, deadline));
    error_code failed;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failed);
    const auto rest = boost::asio::buffer(octets.data(), octets.size());
    octets.remove_prefix(co_await x_socket.async_write_some(rest, token));
    x_deadline.clear();
    if (failed) co_return cause(true);
  }
  co_return End::none;
}

void Wire::end_output() {
  error_code ignored;
  x_socket.shutdown(Socket::shutdown_send, ignored);
}

void Wire::cut() {
  x_cut = true;
  error_code ignored;
  x_socket.shutdown(Socket::shutdown_both, ignored);
  x_socket.cancel(ignored);
}

// The kernel tells of a closed peer as of an error: nothing else ends this wait, data does not.
async::Task<> Wire::hang_up() {
  if (x_indifferent || x_cut) co_return;
  error_code ignored;
  auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ignored);
  co_await x_socket.async_wait(Socket::wait_error, token);
}

void Wire::forget_hang_up() {
  x_indifferent = true;
  error_code ignored;
  x_socket.cancel(ignored);
}

// Room for a body goes again with it: most connections are idle most of the time.
void Wire::make_room(std::size_t room) {
  if (x_begin != 0) {
    std::copy(x_buffer.begin() + static_cast<std::ptrdiff_t>(x_begin),
              x_buffer.begin() + static_cast<std::ptrdiff_t>(x_end), x_buffer.begin());
    x_end -= x_begin;
    x_begin = 0;
  }
  const std::size_t wanted = x_end + room;
  if (x_buffer.size() > 4 * wanted) {
    const auto input_end = x_buffer.begin() + static_cast<std::ptrdiff_t>(x_end);
    x_buffer = std::vector<char>(x_buffer.begin(), input_end);
  }
  if (x_buffer.size() < wanted) x_buffer.resize(wanted);
}

Wire::End Wire::cause(bool failed) const {
  if (!failed) return End::none;
  if (x_cut) return End::cut;
  return x_late ? End::late : End::gone;
}

}  // namespace burstd::http
