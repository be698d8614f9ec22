// One modem from the opened port to the end of it: reader, courier, keep-alive and the conversation itself as
// children of one scope. Whatever goes wrong ends the terminal, and with it all of them. Used by Modem.
#pragma once

#include <optional>
#include <string>

#include "modem/approach.hpp"
#include "modem/courier.hpp"
#include "modem/set_up.hpp"
#include "modem/terminal.hpp"

namespace burstd::modem {

class Session : private Link {
 public:
  Session(serial::Port port, Host& host, Charge charge);

  // Returns when the session is over and everything heard is delivered.
  async::Task<> run();

  // Ends it in good order: a submission in flight gets its verdict first.
  void leave();

  bool was_ready() const { return x_was_ready; }
  const std::string& why() const { return x_terminal.why(); }  // after run()

 private:
  const Identity& identity() const override { return x_set_up.identity(); }
  bool up() const override { return x_up && !x_terminal.over(); }
  async::Signal& changed() override { return x_terminal.ended(); }
  async::Task<Verdict> submit(const Submission& submission) override;

  async::Task<> guarded(async::Task<> child);
  async::Task<> converse();
  async::Task<bool> begin();
  async::Task<> serve();
  async::Task<> keep_alive();
  void lower();
  void count(const Verdict& verdict);

  Terminal x_terminal;
  Host& x_host;
  Charge x_charge;
  SetUp x_set_up;
  Courier x_courier;
  bool x_up = false;
  bool x_serving = false;
  bool x_leaving = false;
  bool x_was_ready = false;
};

}  // namespace burstd::modem
