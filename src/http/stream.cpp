#include "http/stream.hpp"

#include <fmt/format.h>

#include <string>

namespace burstd::http {

namespace {

base::Error ended(Wire::End end) {
  const char* sentence = "The client closed the stream.";
  if (end == Wire::End::late) sentence = "The client took nothing of the stream for too long.";
  if (end == Wire::End::cut) sentence = "The server is stopping.";
  return base::Error{base::Fault::unavailable, "stream-closed", sentence};
}

}  // namespace

async::Task<base::Result<void>> WireStream::write(std::string_view octets) {
  if (x_failed) co_return ended(Wire::End::gone);
  if (x_hall.stopping) co_return ended(Wire::End::cut);
  if (octets.empty()) co_return base::Result<void>();  // as a chunk it would be the last one
  std::string frame;
  if (x_chunked) {
    frame = fmt::format("{:x}\r\n", octets.size());
    frame.append(octets).append("\r\n");
    octets = frame;
  }
  const Wire::End end = co_await x_wire.write(octets, x_hall.options.stall_time);
  x_failed = end != Wire::End::none;
  if (x_failed) co_return ended(end);
  co_return base::Result<void>();
}

bool WireStream::closed() const { return x_failed || x_hung_up || x_hall.stopping || x_wire.is_cut(); }

async::Task<> WireStream::watch() {
  co_await x_wire.hang_up();
  x_hung_up = true;
  x_wake.notify();
}

async::Task<> WireStream::finish(bool whole) {
  if (whole && x_chunked && !x_failed) co_await x_wire.write("0\r\n\r\n", x_hall.options.stall_time);
  x_wire.forget_hang_up();
}

}  // namespace burstd::http
