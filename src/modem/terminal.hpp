// The doing half of at::Dialogue: one open port, one command at a time in the order they were asked for, events
// kept in the order they came. Used by the parts of a session. Any trouble ends it for good: over().
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "async/signal.hpp"
#include "async/task.hpp"
#include "at/dialogue.hpp"
#include "modem/driver.hpp"
#include "modem/link.hpp"
#include "serial/port.hpp"

namespace burstd::modem {

class Terminal {
 public:
  explicit Terminal(serial::Port port);

  // Reads until the end; the session's child.
  async::Task<> read();

  // A reply of any kind; after the end, and when `patience` is over, one that timed out.
  async::Task<at::Reply> execute(at::Command command, base::Milliseconds patience);

  // The same, but silence is the end. What came without a final result counts as an answer.
  async::Task<at::Reply> insist(at::Command command, base::Milliseconds patience);

  async::Task<Verdict> submit(const Submission& submission, const Driver& driver);

  // ESC, a pause and CR, for a modem that a former session left at a prompt or within a line.
  async::Task<> escape();

  // Until nothing has come for `quiet`, at most for `most`.
  async::Task<> settle(base::Milliseconds quiet, base::Milliseconds most);

  // False when the end came first.
  async::Task<bool> pause(base::Milliseconds span);

  void ignore(const std::vector<std::string>& prefixes) { x_dialogue.ignore(prefixes); }

  // A submission before this session is unresolved: a +CMGS or +CMS ERROR that nobody asked for is its verdict until
  // then, unless we submit something ourselves.
  void expect_verdict(base::Steady until) { x_verdict_until = until; }
  bool heard_verdict() const { return x_heard_verdict; }

  // Commands whose answers may still come (at::Dialogue::owed).
  int owed() const { return x_dialogue.owed(); }
  void forgive() { x_dialogue.forgive(); }

  // Ends the session; the first sentence stays.
  void end(std::string why);
  bool over() const { return x_why.has_value(); }
  const std::string& why() const { return *x_why; }
  async::Signal& ended() { return x_ended; }

  // Of reports, messages, announcements of stored ones, and late verdicts; nothing when there is none.
  std::optional<at::Event> next_event();
  async::Signal& happened() { return x_happened; }

 private:
  class Turn;
  async::Task<> wait_turn();
  async::Task<> send(at::Effects effects);
  async::Task<> write(std::string octets);
  async::Task<at::Reply> reply_by(base::Steady deadline);
  async::Task<bool> prompt_by(base::Steady deadline);
  async::Task<at::Reply> verdict_by(base::Steady deadline);
  async::Task<> find_order();
  bool is_verdict(const at::Event& event);
  async::Task<Verdict> at_prompt(const Submission& submission, const Driver& driver);
  Verdict settled(const at::Reply& reply);
  std::string absorb(at::Effects effects);
  void absorb(at::Event event);

  serial::Port x_port;
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
  std::deque<at::Event> x_events;
};

}  // namespace burstd::modem
