// Carries what the modem says unasked to the Host, in order, and lets the modem forget it only afterwards: +CNMA
// where it wants one, +CMGD for what it had stored and what is what it was said to be. Goes on to the last event when
// the port is already gone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "at/reply.hpp"
#include "modem/charge.hpp"
#include "modem/set_up.hpp"
#include "modem/terminal.hpp"

namespace burstd::modem {

class Courier {
 public:
  Courier(Terminal& terminal, const SetUp& set_up, Charge charge);

  // Ends when the terminal is over and everything is delivered; the session's child.
  async::Task<> run();

  // The SIM is known: what was and is handed over directly goes on record. What else there is to do about it waits.
  void introduce();

  // The modem is set up: that is done now, and stored messages are fetched.
  void begin();

  // Until nothing is left to deliver or the terminal is over.
  async::Task<> idle();

  // Until nothing that the modem has stored is being fetched, the terminal is over, or some seconds have passed.
  async::Task<> emptied();

  // The modem's memory is filling: what it holds is fetched.
  void drain();

 private:
  // Recorded before the modem was set up.
  struct Early {
    bool report;
    base::Steady heard_at;
  };

  async::Task<> deliver_early();
  async::Task<> make_up();
  async::Task<> deliver(Heard heard);
  const Identity& identity() const;
  async::Task<> deliver_verdict(Verdict verdict);
  async::Task<> deliver_direct(std::string pdu, PduKind announced, base::Steady heard_at);
  async::Task<> assert_route();
  async::Task<bool> hand(std::string pdu, PduKind kind);
  void prove();
  async::Task<> acknowledge(base::Steady heard_at);

  // courier_storage.cpp: what the modem keeps.
  async::Task<> fetch(at::StoredReport where, PduKind announced, base::Steady heard_at);
  void miss();
  async::Task<bool> look(std::string memory, int index, PduKind announced);
  async::Task<> sweep();
  async::Task<> list();
  async::Task<bool> choose(std::string memory);
  async::Task<bool> say_choice(const std::string& memory);
  async::Task<> restore(std::string memory);
  async::Task<bool> take(at::Stored message, std::optional<PduKind> announced);
  async::Task<> show_unreadable(std::string pdu, PduKind announced);
  async::Task<std::optional<std::string>> ask_memories(std::string text);

  Terminal& x_terminal;
  Host& x_host;
  Charge x_charge;
  const SetUp& x_set_up;
  Route x_route;
  std::vector<Code> x_codes;
  base::Milliseconds x_patience{};
  std::vector<Early> x_early;
  std::vector<Heard> x_stored_early;  // announced before the modem was set up
  bool x_known = false;
  bool x_begun = false;
  bool x_busy = false;
  bool x_fetching = false;  // what the modem has stored
  bool x_acknowledges = false;
  bool x_drain = true;        // what came while nobody listened, at first
  std::string x_chosen;       // the memory that is read from; empty: not known
  int x_searches = 0;         // sweeps for something that was announced and not found
  int x_missing = 0;          // announced reports that were nowhere, in a row
  int x_unexpected = 0;       // acknowledgements that the modem did not want, in a row
  base::Steady x_swept_at{};  // what was announced before may have been taken then
};

}  // namespace burstd::modem
