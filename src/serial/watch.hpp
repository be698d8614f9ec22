// Hears from the kernel that something came or went in some folders: the devices, and where the configured ports lie.
// gateway looks again when `changed` is notified. A folder that is not there is heard when it comes into being. It
// never polls and never says what has changed: whoever is told looks for himself.
#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "async/signal.hpp"

namespace burstd::serial {

class Watch {
 public:
  // Hears from now on, even before run().
  Watch(const async::Executor& executor, std::vector<std::string> folders);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // Until stop(). When the system refuses to tell, says so in the log and ends at once, or tells of what it can; the
  // caller's own timer has to do then.
  async::Task<> run();
  void stop();

  async::Signal& changed() { return x_changed; }
  // How often it was notified: for one who was busy then.
  std::uint64_t changes() const { return x_changes; }

 private:
  struct Place {
    std::string wanted;
    std::string heard;  // the wanted folder, or the nearest one above it that is there
    std::string next;   // the entry of `heard` that leads to the wanted one; empty: it is there
    int folder = -1;
  };

  void arm();
  void settle(Place& place);
  bool step(Place& place);
  bool concerns(int folder, const std::string& name) const;
  void look();

  boost::asio::posix::stream_descriptor x_inotify;
  std::vector<Place> x_places;
  async::Signal x_changed;
  std::uint64_t x_changes = 0;
  std::string x_refusal;  // why not everything is heard
  bool x_stopped = false;
};

}  // namespace burstd::serial
