// One modem from the opened port to the end of it: reader, courier, keep-alive and the conversation itself as
// children of one scope. Whatever goes wrong ends the terminal, and with it all of them. Used by Modem.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "modem/approach.hpp"
#include "modem/courier.hpp"
#include "modem/health.hpp"
#include "modem/more_messages.hpp"
#include "modem/remedies.hpp"
#include "modem/set_up.hpp"
#include "modem/terminal.hpp"

namespace burstd::modem {

class Session : private Link {
 public:
  // `answered`: somebody has made the modem answer already; what it has said since waits in the terminal.
  Session(std::unique_ptr<Terminal> terminal, bool answered, Charge charge);

  // Returns when the session is over and everything heard is delivered.
  async::Task<> run();

  // Ends it in good order: a submission in flight gets its verdict first.
  void leave();

  // The same, and the last thing that the modem is told is its reset command. Before run(): the only thing.
  void reset();

  bool was_ready() const { return x_was_ready; }
  bool left() const { return x_leaving; }
  bool burnt() const { return x_burnt; }        // the last message has no verdict
  bool accepted() const { return x_accepted; }  // the network took one
  bool gone() const { return x_terminal->gone(); }
  bool was_reset() const { return x_reset_told; }
  const std::string& why() const { return x_terminal->why(); }  // after run()

 private:
  const Identity& identity() const override { return x_set_up.identity(); }
  bool up() const override { return x_up && !x_terminal->over(); }
  async::Signal& changed() override { return x_terminal->ended(); }
  async::Task<Verdict> submit(const Submission& submission) override;
  async::Task<> emptied() override { return x_courier.emptied(); }

  async::Task<> guarded(async::Task<> child);
  async::Task<> converse();
  async::Task<bool> begin();
  async::Task<bool> approach();
  void say_what_it_waits_for(const Unresolved& unresolved);
  async::Task<> serve();
  async::Task<bool> same_sim();
  async::Task<> keep_alive();
  async::Task<> examine(bool thoroughly);
  async::Task<> tell_to_reset();
  void lower();
  void count(const Verdict& verdict);
  void heal(const Verdict& verdict);
  void count_probes();

  std::unique_ptr<Terminal> x_terminal;
  bool x_answered;
  Charge x_charge;
  SetUp x_set_up;
  Health x_health;
  Courier x_courier;
  MoreMessages x_more_messages;
  Remedies x_remedies;
  std::uint64_t x_probes = 0;  // told to the board
  bool x_look = false;         // a refusal casts doubt on the network
  bool x_up = false;
  bool x_serving = false;
  bool x_leaving = false;
  bool x_was_ready = false;
  bool x_burnt = false;
  bool x_accepted = false;
  bool x_running = false;
  bool x_resetting = false;
  bool x_reset_told = false;
};

}  // namespace burstd::modem
