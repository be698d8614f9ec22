// One modem kept alive: finds its port, runs a session, and after trouble climbs the ladder of recovery until it is
// told to stop. Owned by the gateway, one for each name. Decides nothing about messages.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "async/signal.hpp"
#include "async/task.hpp"
#include "modem/charge.hpp"
#include "modem/finder.hpp"
#include "modem/ladder.hpp"

namespace burstd::modem {

class Session;

class Modem {
 public:
  // What it shares with the other modems.
  struct Surroundings {
    const std::vector<Driver>& drivers;
    const Finding& finding;
    Finder& finder;
    Host& host;
  };

  Modem(async::Executor executor, Options options, Surroundings surroundings);

  // Returns after stop(), when the last submission has its verdict and the port is closed.
  async::Task<> run();
  void stop();

  // A pause closes the port, so that another program may use the modem.
  void pause();
  void resume();

  // By the driver's command, when the submission on the air has its verdict.
  void reset();

  // A person's word about the PIN, heeded when the SIM asks for one.
  void release(Release release);

  // No report has come in the present way for long: if it is not the plainest, another is taken.
  void distrust_reports();

  // Something else goes by its name now: the session is ended and its place looked up again.
  void reconsider();

  const Status& status() const { return x_board.status(); }
  const Options& options() const { return x_options; }

 private:
  async::Task<> turn();
  std::optional<Place> whereabouts() const;
  std::optional<Place> whereabouts_by_name() const;
  async::Task<> open(Place place);
  async::Task<> attend(std::unique_ptr<Terminal> terminal, bool answered);
  async::Task<> missing(std::string sentence);
  async::Task<> unopened(const base::Error& error);
  // How a session ended badly.
  struct Trouble {
    bool burnt = false;  // with a message that has no verdict
    bool gone = false;   // with its port
  };
  async::Task<> recover(std::string why, Trouble trouble);
  async::Task<> climb(Ladder::Step step, std::string why, bool burnt);
  async::Task<> quarantine(base::Milliseconds span, std::string why, bool burnt);
  async::Task<> reset_by_command(std::string why);
  async::Task<> after_reset();
  async::Task<> hold(Session& session);
  Charge charge();
  async::Task<> reset_by_usb(std::string why);
  async::Task<base::Result<void>> switch_socket(std::string socket);
  async::Task<base::Result<void>> have_switched(std::string socket);
  async::Task<> await_network_timer();
  async::Task<> back_off(base::Milliseconds span);
  async::Task<> wait(base::Milliseconds span);
  bool working() const { return !x_stopping && !x_paused; }
  bool away() const;
  void leave();
  void wake() { x_finder.changed().notify(); }

  async::Executor x_executor;
  const Options x_options;
  const std::vector<Driver>& x_drivers;
  const serial::Folders x_folders;
  Finder& x_finder;
  Host& x_host;
  Board x_board;
  Memory x_memory;
  Ladder x_ladder;
  Session* x_session = nullptr;
  base::Steady x_away_until{};  // after a reset
  std::optional<base::Steady> x_missing_since;
  bool x_stopping = false;
  bool x_paused = false;
  bool x_reset = false;  // by a person
  bool x_began = false;
};

}  // namespace burstd::modem
