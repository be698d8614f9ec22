// The listening descriptor and its file: makes the socket with its mode and group before anybody can connect, and
// removes the file at the end. Server owns it. It never takes the place of a server that still answers.
#pragma once

#include <sys/types.h>

#include <string>

#include "base/result.hpp"
#include "http/options.hpp"

namespace burstd::http {

class Listener {
 public:
  // Binds and listens at Options::socket_path.
  static base::Result<Listener> open(const Options& options);

  // A descriptor that listens already; the file stays the business of who bound it.
  static base::Result<Listener> adopt(int descriptor);

  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;
  ~Listener();  // as remove(), and closes what was not released

  int release();  // the caller closes it
  void remove();  // the file, if it is still the one that open() made

 private:
  explicit Listener(int descriptor) : x_descriptor(descriptor) {}
  base::Result<void> establish(const Options& options);

  int x_descriptor = -1;
  std::string x_path;  // empty: no file of ours
  dev_t x_device = 0;
  ino_t x_inode = 0;
};

}  // namespace burstd::http
