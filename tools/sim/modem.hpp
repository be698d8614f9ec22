// One pretended modem: octets in, octets out on its wire, messages to the network. A machine with no I/O and
// no clock; port.hpp puts it on a pty, tests feed it by hand. What each command does is in commands_*.cpp, what befalls
// it from outside (power, faults, another SIM) in modem_power.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sim/card.hpp"
#include "sim/identity.hpp"
#include "sim/kept_link.hpp"
#include "sim/routing.hpp"
#include "sim/terminal.hpp"
#include "sim/ussd.hpp"

namespace burstd::sim {

// The SIM's lock.
struct Sim {
  enum class Lock : std::uint8_t { open, pin, puk };
  Lock lock = Lock::open;
};

std::string_view lock_name(Sim::Lock lock);  // "READY", "SIM PIN", "SIM PUK"

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
  bool swallow = false;      // the next message is sent, its +CMGS is not
  bool eat_reports = false;  // the network gives no reports for this modem
  bool timeless = false;     // its network tells no time: +CCLK is that of its making
  Refusal at_prompt;         // code 0: none
  int at_prompt_left = 0;    // -1: always
};

class Modem {
 public:
  enum class State : std::uint8_t { command, thinking, waking, prompt, air, booting };
  enum class Wedge : std::uint8_t { none, soft, hard };  // what cures it: a reset command, or only power

  Modem(Stage stage, Identity identity, Wire& wire);
  Modem(const Modem&) = delete;
  Modem& operator=(const Modem&) = delete;

  void feed(std::string_view octets);
  // What has come and was not read is gone.
  void spill();
  void closed() { x_routing.closed(); }
  void hang(bool hung);
  void wedge(Wedge wedge);
  // Reads and says nothing for so long, then goes on where it was.
  void deafen(base::Milliseconds span);
  // Its settings are gone, and it does not say so.
  void forget();
  // It starts anew, the port stays.
  void restart();
  // Power comes; power is gone. A message on the air reaches the network, or is lost.
  void power_on();
  void unplug(bool lose);
  // Another SIM. One that is running starts anew.
  void swap_card(const std::string& iccid, bool running);
  void take_imei(const std::string& imei) { x_identity.imei = imei; }
  void set_registration(int stat);
  void flood(int lines);
  void refuse_at_prompt(int code, int count);  // the next `count` AT+CMGS; 0: all
  void letter(const Line& line, std::string_view from) { x_routing.letter(line, from); }

  const Identity& identity() const { return x_identity; }
  State state() const { return x_state; }
  Wedge wedged() const { return x_wedge; }
  bool deaf() const { return x_stage.agenda.now().steady < x_deaf_until; }
  int next_reference() const { return x_card->reference; }
  std::uint64_t submitted() const { return x_submitted; }

  // For the commands.
  Terminal& terminal() { return x_terminal; }
  Routing& routing() { return x_routing; }
  Ussd& ussd() { return x_ussd; }
  const Stage& stage() const { return x_stage; }
  Card& card() { return *x_card; }
  const Card& card() const { return *x_card; }
  Sim sim;
  Radio radio;
  KeptLink link;
  Faults faults;
  int registration() const;
  bool waking() const { return x_stage.agenda.now().steady < x_ready_at; }  // the SIM is not ready
  bool hides_card() const { return x_stage.options.pin_hides_sim && sim.lock != Sim::Lock::open; }
  Outcome begin_submit(int length);
  void reboot();
  void profile();  // ATZ
  void silence() { x_silenced = true; }

 private:
  bool lost(std::string_view step, std::string_view told = {});
  void drain();
  void on_command(char octet);
  void on_prompt(char octet);
  void run_line();
  void listen_for_reset(std::string_view octets);
  void obey(std::string_view commands);
  std::optional<Outcome> refusal_at_prompt();
  void say_ok();
  void show_prompt();
  void leave_prompt(Outcome outcome);
  void submit();
  base::Milliseconds air_time() const;
  void land();
  void end_flight(bool lose);
  void refuse(const Submission& flight, Refusal refusal);
  void accept(const Submission& flight);
  std::function<void()> send(const Submission& flight);
  void arrived(const std::string& imsi, const Report& report);
  void await_answer(const Submit& submit);
  void later(base::Milliseconds span, std::function<void()> act);
  void due(std::uint64_t ticket, const std::function<void()>& act);
  void wake();
  void boot();
  void go_down();
  void come_up();
  void come_alive();
  void chat(std::size_t next);
  void set_afresh();
  bool may_speak() const;
  void note(std::string_view event, const char* field, std::int64_t value);

  Stage x_stage;
  Identity x_identity;
  Wire& x_wire;
  Terminal x_terminal;
  Routing x_routing;
  Ussd x_ussd;
  Card* x_card;
  State x_state = State::command;
  Wedge x_wedge = Wedge::none;
  std::string x_inbox;  // octets not read yet
  bool x_spilled = false;
  std::string x_line;  // the command or PDU being typed
  int x_length = 0;    // AT+CMGS's argument
  std::optional<Submission> x_flight;
  base::Steady x_deaf_until;
  base::Steady x_ready_at;
  bool x_silenced = false;     // by a command of the profile's chatter
  std::uint64_t x_ticket = 0;  // counts flights and power cuts, so that an old plan does nothing
  std::uint64_t x_power = 0;   // counts power cuts alone
  std::uint64_t x_submitted = 0;
};

}  // namespace burstd::sim
