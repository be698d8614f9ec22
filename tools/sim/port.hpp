// A modem on its pty: octets from the master to the modem and back, who has the port open, unplugging and
// plugging in again. One coroutine reads; writes go out at once, and wait only for a full line.
#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "async/scope.hpp"
#include "sim/modem.hpp"
#include "sim/openings.hpp"
#include "sim/pty.hpp"
#include "sim/transcript.hpp"
#include "sim/usb_bus.hpp"

namespace burstd::sim {

struct Ground {
  async::Executor executor;
  async::Scope& scope;
  Openings& openings;
  UsbBus* bus;  // nullptr: none
};

class Port final : public Wire {
 public:
  Port(Ground ground, Stage stage, Identity identity);
  ~Port() override;
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;

  base::Result<void> plug();
  void unplug(bool lose);
  // Unplugged in the moment when so many more octets have come from the daemon.
  void unplug_after(std::size_t octets, bool lose) { x_cut = Cut{octets, lose}; }
  // Its opener is dead, whether or not the kernel has told it yet: nobody hears it any more. `lose`: what was written
  // and not read is gone.
  void fall_silent(bool lose);
  void play(std::vector<Step> story);
  // Another process has the port for itself, until it is told to leave it or the modem is unplugged.
  base::Result<void> set_busy(bool busy);

  void write(std::string_view octets) override;
  bool open() const override { return plugged() && x_openers > 0 && !x_bereft; }
  void reboot() override;

  bool plugged() const { return x_master.is_open(); }
  const std::string& link() const { return x_link; }
  const std::string& path() const { return x_pty.path; }
  Modem& modem() { return x_modem; }
  const async::Executor& executor() const { return x_ground.executor; }

 private:
  struct Cut {
    std::size_t octets;
    bool lose;
  };
  base::Result<void> appear(const Pty& pty);
  async::Task<> read();
  async::Task<> write_rest();
  void arrived(std::string_view octets);
  void feed(std::string_view octets);
  void flush();
  void opening(bool opened);

  Ground x_ground;
  Stage x_stage;
  Modem x_modem;
  std::string x_link;
  Pty x_pty;  // its master's descriptor belongs to x_master
  boost::asio::posix::stream_descriptor x_master;
  int x_watch = -1;
  int x_openers = 0;
  std::uint64_t x_generation = 0;  // counts pluggings, so that a coroutine of a former one ends
  std::string x_out;
  bool x_gathering = false;  // answers to one reading go out in one writing
  bool x_writing = false;
  bool x_busy = false;
  bool x_bereft = false;  // until its closing is told
  bool x_losing = false;  // until it is opened again
  std::optional<Cut> x_cut;
  std::optional<Player> x_player;
};

}  // namespace burstd::sim
