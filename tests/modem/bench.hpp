// A modem on a bench: a scripted one at the far end of a pseudo-terminal, a host that notes what it is told, and
// a real modem::Modem between them.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "async/scope.hpp"
#include "modem/finder.hpp"
#include "modem/modem.hpp"

namespace burstd::modem {

// Inline, so that they are there before what other files make of them.
inline const std::string some_pdu = "07911326040000F011000B911326880736F40000AA0AE8329BFD4697D9EC37";
inline const std::string some_report = "07911326040000F0061B0B911326880736F4623010800000006230109000000000";
inline const std::string some_message = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07";

// The far end. Answers by table, unknown commands with ERROR; all it heard is kept in `lines`.
class FakeModem {
 public:
  FakeModem(const async::Executor& executor, std::string link);
  ~FakeModem();

  void plug();    // a new terminal, the link points to it
  void unplug();  // the line hangs up, the link is gone
  async::Task<> run();
  async::Task<> obey();  // commands that take their time
  void finish();

  void say(const std::string& octets);
  int count(const std::string& line) const;

  std::map<std::string, std::string> answers;  // by the whole command, or "command@memory" for one memory's own
  std::map<std::string, std::deque<std::string>> next_answers;  // used up first
  std::map<std::string, std::function<void()>> instead;         // done in place of an answer
  std::function<void()> at_cmgs;                                // in place of the prompt
  std::function<void(const std::string&)> at_pdu;               // in place of +CMGS and OK
  std::vector<std::string> lines;                               // commands; PDUs as "pdu:…"; "ESC"
  std::vector<std::string> deleted;                             // "SR:8"
  std::string memory = "SM";                                    // chosen by AT+CPMS
  int slow = 0;  // so many commands take 1.2 seconds, and so does what comes meanwhile
  int reference = 11;

 private:
  void take(char octet);
  void command(const std::string& text);
  void obey(const std::string& text);
  const std::string* answer(const std::string& text) const;
  void payload(const std::string& text);

  async::Executor x_executor;
  std::string x_link;
  std::optional<boost::asio::posix::stream_descriptor> x_master;
  async::Signal x_plugged;
  async::Signal x_ordered;
  std::deque<std::string> x_orders;
  std::string x_line;
  bool x_prompting = false;
  bool x_finished = false;
};

class FakeHost : public Host {
 public:
  async::Task<Welcome> welcome(const Identity& identity) override;
  async::Task<PinLeave> begin_pin(const Identity& identity, const std::string& pin, bool by_person) override;
  async::Task<> end_pin(std::int64_t attempt, PinEnd end) override;
  Credit credit(const std::string& text, std::optional<int> coding) const override;
  void status(const Status& status) override;
  PduKind kind(const std::string& pdu) const override;
  async::Task<bool> report(const Identity& identity, std::string pdu) override;
  async::Task<bool> incoming(const Identity& identity, std::string pdu) override;
  async::Task<std::optional<Unresolved>> unresolved(const std::string& modem) override;
  async::Task<> late_verdict(const Identity& identity, Verdict verdict) override;
  async::Task<> serve(Link& link) override;

  bool was(State state) const;
  bool said(const std::string& words) const;

  std::vector<Status> statuses;
  std::vector<std::string> reports;  // "<sim> <pdu>"
  std::vector<std::string> messages;
  std::vector<Verdict> late;
  std::optional<Unresolved> open;
  std::map<std::string, PduKind> kinds;  // of other PDUs than the two that everybody knows
  std::function<void()> at_report;
  std::string unwelcome;                             // why the modem may not be used
  std::vector<std::pair<std::string, PinEnd>> pins;  // typed; unanswered until the end is told
  bool durable = true;                               // what the record says to reports and messages
  bool fault = false;                                // serve() throws
  Link* link = nullptr;                              // while it serves
  int served = 0;
  int submitting = 0;
};

class Bench : public testing::Test {
 protected:
  Bench();
  ~Bench() override;

  // Runs `story` beside the modem, then stops the modem and waits for everything.
  void play(const std::function<async::Task<>()>& story);

  async::Task<> until(std::function<bool()> condition);  // fails the test after ten seconds
  async::Task<> ready();
  async::Task<Verdict> submit(bool more = false);  // some_pdu, with the permit open

  Modem& modem() { return *x_modem; }

  boost::asio::io_context loop;
  std::string link;
  FakeModem fake;
  FakeHost host;
  Options options;
  Driver driver;
  Finding finding;

 private:
  async::Task<> tell(const std::function<async::Task<>()>& story);

  std::vector<Driver> x_drivers;
  std::optional<Finder> x_finder;
  std::optional<Modem> x_modem;
};

}  // namespace burstd::modem
