// The doing half of at::Dialogue: one open port, one command at a time in the order they were asked for, events
// kept in the order they came. Used by the parts of a session, and before it by the Finder. Any trouble ends it for
// good: over().
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "async/signal.hpp"
#include "async/task.hpp"
#include "at/dialogue.hpp"
#include "modem/driver.hpp"
#include "modem/link.hpp"
#include "modem/trace.hpp"
#include "serial/port.hpp"

namespace burstd::modem {

// An event, and when it was heard.
struct Heard {
  at::Event event;
  base::Steady at;
};

// What somebody should look into soon.
struct Alarms {
  bool registration = false;  // the modem told of a change
  bool restarted = false;     // a line of the driver's `boot`
  bool memory_full = false;   // a line of the driver's `memory_full`

  bool any() const { return registration || restarted || memory_full; }
};

class Terminal {
 public:
  // `name`: of the port, for the log.
  explicit Terminal(serial::Port port, std::string name = "?");

  // Reads until the end, or until rest(); the child of whoever has the terminal.
  async::Task<> read();

  // Stops reading without an end, so that somebody else may read on.
  void rest();

  // What the driver says of unasked lines.
  void attune(const Driver& driver);

  // A reply of any kind; after the end, and when `patience` is over, one that timed out.
  async::Task<at::Reply> execute(at::Command command, base::Milliseconds patience);

  // The same, but silence is the end when a bare AT is not answered either, or the second time. What came without a
  // final result counts as an answer.
  async::Task<at::Reply> insist(at::Command command, base::Milliseconds patience);

  // After silence upon a command that the modem need not know: the end, unless a bare AT is answered. Then nothing is
  // on its way any more that what follows could be mistaken for.
  async::Task<> outlive(std::string command);

  async::Task<Verdict> submit(const Submission& submission, const Driver& driver);

  // ESC, a pause and CR, for a modem that a former session left at a prompt or within a line.
  async::Task<> escape();

  // Until nothing has come for `quiet`, at most for `most`.
  async::Task<> settle(base::Milliseconds quiet, base::Milliseconds most);

  // False when the end came first.
  async::Task<bool> pause(base::Milliseconds span);

  // A submission before this session is unresolved: a +CMGS or +CMS ERROR that nobody asked for is its verdict until
  // then, unless we submit something ourselves.
  void expect_verdict(base::Steady until) { x_verdict_until = until; }
  bool heard_verdict() const { return x_heard_verdict; }

  // Commands whose answers may still come (at::Dialogue::owed).
  int owed() const { return x_dialogue.owed(); }
  void forgive() { x_dialogue.forgive(); }

  // Ends the session; the first sentence stays.
  void end(std::string why);
  // It ended because the port went away.
  bool gone() const { return x_gone; }

  // The same, as soon as the command in flight is answered.
  void end_after_reply(std::string why);
  bool over() const { return x_why.has_value(); }
  const std::string& why() const { return *x_why; }
  async::Signal& ended() { return x_ended; }

  // Of reports, messages, announcements of stored ones, and late verdicts; nothing when there is none.
  std::optional<Heard> next_event();
  async::Signal& happened() { return x_happened; }

  // The alarms since the last call; `alarmed` is notified of each.
  Alarms take_alarms() { return std::exchange(x_alarms, {}); }
  async::Signal& alarmed() { return x_alarmed; }

  // The answer to at::ask_service; nothing when it did not come within `patience`. It may come before the command has
  // its result: what the network said before it was asked is forgotten first.
  void forget_service_answer() { x_service_answer.reset(); }
  async::Task<std::optional<at::ServiceAnswer>> service_answer(base::Milliseconds patience);

  std::uint64_t commands() const { return x_commands; }  // that were written
  std::uint64_t probes() const { return x_probes; }      // times that a silent modem was asked whether it is there
  std::uint64_t chatter() const { return x_chatter; }    // unasked lines that said nothing to us
  const std::string& last_chatter() const { return x_last_chatter; }

 private:
  class Turn;
  async::Task<> wait_turn();
  async::Task<bool> still_there();
  void end_silent(const std::string& command);
  async::Task<> send(at::Effects effects);
  async::Task<> write(std::string octets);
  async::Task<at::Reply> reply_by(base::Steady deadline);
  async::Task<bool> prompt_by(base::Steady deadline);
  async::Task<at::Reply> verdict_by(base::Steady deadline);
  async::Task<> find_order();
  bool is_verdict(const at::Event& event);
  async::Task<Verdict> at_prompt(const Submission& submission, const Driver& driver);
  async::Task<Verdict> unprompted(const Submission& submission, const Driver& driver);
  async::Task<Verdict> await_verdict(const Driver& driver);
  async::Task<> hand(at::Effects effects, const Driver& driver);
  Verdict settled(const at::Reply& reply, const Driver& driver,
                  std::optional<base::Milliseconds> after_air = std::nullopt);
  std::string absorb(at::Effects effects);
  void absorb(at::Event event);
  void absorb_chatter(const std::string& line);

  serial::Port x_port;
  Trace x_trace;
  at::Dialogue x_dialogue;
  std::optional<std::string> x_why;
  async::Signal x_ended;
  async::Signal x_happened;  // a line of a reply, its end, a prompt or an event
  async::Signal x_turn;
  std::uint64_t x_tickets = 0;
  std::uint64_t x_serving = 0;
  std::optional<at::Reply> x_reply;
  bool x_prompt = false;
  base::Steady x_verdict_until{};
  bool x_heard_verdict = false;
  bool x_missed = false;  // a command of ours was not answered; an error may be its late answer
  int x_noise = 0;        // endless lines since the last readable thing
  base::Steady x_last_heard{};
  std::deque<Heard> x_events;
  std::vector<std::string> x_boot, x_memory_full;  // the driver's
  Alarms x_alarms;
  async::Signal x_alarmed;
  std::optional<at::ServiceAnswer> x_service_answer;
  std::uint64_t x_probes = 0;
  std::uint64_t x_chatter = 0;
  std::string x_last_chatter;
  std::uint64_t x_commands = 0;
  std::optional<std::string> x_end_wanted;
  bool x_gone = false;
  bool x_resting = false;
};

}  // namespace burstd::modem
