// The conversation with one modem as a machine: input in, list of effects out; no I/O, no clock. One command
// is in flight at a time. That a prompt or a PDU line is due are states of this machine and known nowhere else.
// modem::Terminal performs the effects. Once Ctrl-Z has gone out it never asks for ESC again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "at/command.hpp"
#include "at/failure.hpp"
#include "at/splitter.hpp"
#include "at/urc.hpp"

namespace burstd::at {

// How a command ended.
struct Reply {
  enum class End : std::uint8_t {
    ok,         // the final result was OK
    failed,     // an error; see `failure`
    timed_out,  // no final result; `lines` holds what came
    denied,     // a payload was denied and the modem left its prompt at our ESC
  };
  End end;
  std::vector<std::string> lines;  // information lines
  std::optional<Failure> failure;
  bool handed;  // the payload and Ctrl-Z went out before this end
};

struct Write {
  std::string octets;
};
struct PromptSeen {};
struct Finished {
  Reply reply;
};
struct Unsolicited {
  Event event;
};
struct Noise {};  // an endless line; many of them are a reason to begin again

using Effect = std::variant<Write, PromptSeen, Finished, Unsolicited, Noise>;
using Effects = std::vector<Effect>;

class Dialogue {
 public:
  static constexpr std::size_t most_lines = 600;  // of one reply; more are dropped
  static constexpr int most_owed = 16;

  // Unsolicited lines that begin with one of `ignored` have no effect.
  explicit Dialogue(std::vector<std::string> ignored = {});

  void ignore(std::vector<std::string> prefixes) { x_ignored = std::move(prefixes); }

  bool idle() const { return x_phase == Phase::idle; }

  // How many lines of its answer the command in flight has.
  std::size_t answered() const { return x_lines.size(); }

  // Final results that commands without any answer may still bring. As long as there are some, the next ones are
  // theirs and so are lines that look like answers; only a probe takes whatever comes, for it asks no more than that.
  // A line with the prefix of the command in flight ends them all when no command before it had a prefix.
  int owed() const { return x_owed; }
  // They will not come any more. Whoever has a clock decides that.
  void forgive() { x_owed = 0; }

  // Precondition: idle().
  Effects start(Command command);
  Effects feed(std::string_view octets);

  // The payload may go out: at once when the prompt is there, else with it.
  Effects permit();
  // It must not: the prompt is left by ESC. Without meaning once Ctrl-Z went out.
  Effects deny();
  // The time for the present phase is over.
  Effects expire();
  // Frees a modem that a former session left at a prompt. Nothing while a command is in flight or Ctrl-Z unanswered.
  Effects escape();

 private:
  enum class Phase : std::uint8_t {
    idle,
    replying,   // a command without a prompt
    prompting,  // the prompt is due
    prompted,   // the prompt is there, the permit is not
    handed,     // payload and Ctrl-Z are out
    escaped,    // ESC is out
  };
  enum class Permit : std::uint8_t { pending, given, denied };

  Effects token(const Token& token);
  Effects line(const std::string& text);
  Effects prompt();
  std::optional<Effects> body(const std::string& text);
  Effects result(const std::string& text);
  Effects finish(Reply::End end, std::optional<Failure> failure = std::nullopt);
  bool is_echo(std::string_view text) const;
  bool is_ignored(std::string_view text) const;
  bool is_information(std::string_view text);
  bool ends_with_ok() const;
  bool ends_with(const Failure& failure) const;
  void owe();
  bool names_itself(std::string_view text);
  bool pays_debt();

  std::vector<std::string> x_ignored;
  Splitter x_splitter;
  Phase x_phase = Phase::idle;
  Permit x_permit = Permit::pending;
  bool x_unanswered = false;  // Ctrl-Z went out and its verdict never came
  Command x_command;
  std::string x_former;  // the text of the command before
  int x_owed = 0;
  bool x_owed_bare = false;  // all of it by commands whose answers have no lines
  std::vector<std::string> x_lines;
  bool x_body_due = false;     // the next hexadecimal line belongs to the reply
  bool x_body_nearer = false;  // and its head came after x_head
  std::optional<Head> x_head;
  int x_patience = 0;  // other lines that may stand between a head and its body
};

}  // namespace burstd::at
