// A connected Unix stream socket with patience: reads and writes that end when the other side stays silent.
// Has the read_some/write_some that Beast asks of a stream; used by client.cpp alone.
#pragma once

#include <sys/types.h>

#include <boost/system/error_code.hpp>
#include <cstddef>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"

namespace burstd::ctl {

// What somebody without permission is told: the group to join, or, where there is none, what an administrator does.
std::string barred_in_words(const std::string& path, const std::optional<std::string>& group);

class Socket {
 public:
  // Fails with "not-reachable" or "no-permission".
  static base::Result<Socket> connect(const std::string& path, base::Milliseconds patience);

  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&&) = delete;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket();

  // As read(2) and send(2); 0 with an error code set when it failed, or took longer than the patience.
  std::size_t read(void* octets, std::size_t size, boost::system::error_code& failure);
  std::size_t write(const void* octets, std::size_t size, boost::system::error_code& failure);

 private:
  Socket(int fd, base::Milliseconds patience) : x_fd(fd), x_patience(patience) {}
  bool ready(short events, boost::system::error_code& failure) const;

  int x_fd;
  base::Milliseconds x_patience;
};

}  // namespace burstd::ctl
