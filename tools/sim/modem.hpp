// One pretended modem: octets in, octets out on its wire, messages to the network. A machine with no I/O and
// no clock; port.hpp puts it on a pty, tests feed it by hand. What each command does is in commands_*.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/identity.hpp"
#include "sim/routing.hpp"
#include "sim/terminal.hpp"

namespace burstd::sim {

// The SIM's lock.
struct Sim {
  enum class Lock : std::uint8_t { open, pin, puk };
  Lock lock = Lock::open;
  int tries = 3;
};

// The radio, as AT+CREG and AT+CFUN see it.
struct Radio {
  int function = 1;
  int registration = 1;  // <stat> the network gives; shown as 0 while the radio is off or the SIM locked
  int creg = 0;          // <n> of AT+CREG
  int cereg = 0;
  std::string memory = "SM";  // <mem1> of AT+CPMS
};

// Faults ordered from outside.
struct Faults {
  bool swallow = false;    // the next message is sent, its +CMGS is not
  Refusal at_prompt;       // code 0: none
  int at_prompt_left = 0;  // -1: always
};

class Modem {
 public:
  enum class State : std::uint8_t { command, thinking, waking, prompt, air, booting };

  Modem(Stage stage, Identity identity, Wire& wire);
  Modem(const Modem&) = delete;
  Modem& operator=(const Modem&) = delete;

  void feed(std::string_view octets);
  void closed() { x_routing.closed(); }
  void hang(bool hung);
  // Power is gone. A message on the air reaches the network, or is lost.
  void unplug(bool lose);
  void set_registration(int stat);
  void flood(int lines);
  void refuse_at_prompt(int code, int count);  // the next `count` AT+CMGS; 0: all
  void letter(const Line& line, std::string_view from) { x_routing.letter(line, from); }

  const Identity& identity() const { return x_identity; }
  State state() const { return x_state; }
  int next_reference() const { return x_reference; }
  std::uint64_t submitted() const { return x_submitted; }

  // For the commands.
  Terminal& terminal() { return x_terminal; }
  Routing& routing() { return x_routing; }
  const Stage& stage() const { return x_stage; }
  Sim sim;
  Radio radio;
  Faults faults;
  int registration() const;
  Outcome begin_submit(int length);
  void reboot();
  void profile();  // ATZ

 private:
  void drain();
  void on_command(char octet);
  void on_prompt(char octet);
  void run_line();
  void obey(std::string_view commands);
  void say_ok();
  void show_prompt();
  void leave_prompt(Outcome outcome);
  void submit();
  void land(std::uint64_t ticket);
  void refuse(const Submission& flight, Refusal refusal);
  void accept(const Submission& flight);
  std::function<void()> send(const Submission& flight);
  void boot();
  void power_on();
  void note(std::string_view event, const char* field, std::int64_t value);

  Stage x_stage;
  Identity x_identity;
  Wire& x_wire;
  Terminal x_terminal;
  Routing x_routing;
  State x_state = State::command;
  std::string x_inbox;  // octets not read yet
  std::string x_line;   // the command or PDU being typed
  int x_length = 0;     // AT+CMGS's argument
  int x_reference = 0;  // TP-MR of the next message
  std::optional<Submission> x_flight;
  std::uint64_t x_ticket = 0;  // counts flights and power cuts, so that an old plan does nothing
  std::uint64_t x_submitted = 0;
};

}  // namespace burstd::sim
