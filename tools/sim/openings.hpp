// Hears through inotify who opens and closes the slaves. No polling: the kernel tells. Two openings that fall
// into the same instant are told as one, which is fine for ports that one daemon holds at a time.
#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <map>
#include <string>

#include "async/task.hpp"

namespace burstd::sim {

class Openings {
 public:
  using Heard = std::function<void(bool opened)>;

  // Throws std::system_error when the kernel gives no inotify.
  explicit Openings(const async::Executor& executor);

  // From now on, not for openings that are there already.
  base::Result<int> watch(const std::string& path, Heard heard);
  void forget(int watch);

  // Tells what is known by now. Called before anything that asks whether a port is open.
  void drain();

  async::Task<> run();
  void stop() { x_inotify.close(); }

 private:
  boost::asio::posix::stream_descriptor x_inotify;
  std::map<int, Heard> x_watches;
};

}  // namespace burstd::sim
