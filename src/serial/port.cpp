#include "serial/port.hpp"

#include <sys/stat.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "serial/tty.hpp"

namespace burstd::serial {

namespace asio = boost::asio;

namespace {

constexpr std::size_t chunk = 4096;

}  // namespace

struct Port::Device {
  Device(const async::Executor& executor, Tty tty, std::string name)
      : stream(executor, tty.descriptor), line(std::move(tty.line)), path(std::move(name)) {}

  base::Error gone() const {
    return base::Error{base::Fault::unavailable, "port-gone",
                       "The port " + path + " is gone. Was the modem unplugged, or has it restarted?"};
  }

  asio::posix::stream_descriptor stream;
  std::unique_ptr<sp_port, CloseSerialPort> line;  // owns the descriptor when it is a real port
  std::string path;
  std::array<char, chunk> buffer{};
};

bool exists(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0;
}

base::Result<Port> Port::open(const async::Executor& executor, const Settings& settings) {
  auto tty = open_tty(settings);
  if (!tty) return tty.error();
  return Port(std::make_unique<Device>(executor, std::move(*tty), settings.path));
}

Port::Port(std::unique_ptr<Device> device) : x_device(std::move(device)) {}
Port::Port(Port&&) noexcept = default;

Port& Port::operator=(Port&& other) noexcept {
  if (x_device) close();
  x_device = std::move(other.x_device);
  return *this;
}

Port::~Port() {
  if (x_device) close();
}

async::Task<base::Result<std::string>> Port::read_some() {
  boost::system::error_code trouble;
  auto token = asio::redirect_error(asio::use_awaitable, trouble);
  const std::size_t count = co_await x_device->stream.async_read_some(asio::buffer(x_device->buffer), token);
  if (trouble || count == 0) co_return x_device->gone();
  co_return std::string(x_device->buffer.data(), count);
}

async::Task<base::Result<void>> Port::write(std::string_view octets) {
  boost::system::error_code trouble;
  auto token = asio::redirect_error(asio::use_awaitable, trouble);
  const auto all = asio::buffer(octets.data(), octets.size());
  co_await asio::async_write(x_device->stream, all, token);
  base::Result<void> written;
  if (trouble) written = x_device->gone();
  co_return written;
}

void Port::interrupt() {
  boost::system::error_code ignored;
  x_device->stream.cancel(ignored);
}

void Port::close() {
  if (!x_device->stream.is_open()) return;
  if (!x_device->line) {
    boost::system::error_code ignored;
    x_device->stream.close(ignored);
    return;
  }
  discard_output(x_device->stream.native_handle());
  x_device->stream.release();
  x_device->line.reset();
}

}  // namespace burstd::serial
