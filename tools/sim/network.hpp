// The pretended network: takes messages, refuses them by rule, and sends the delivery reports. It numbers
// what reached it; that number is the proof that a message is on its way and cannot be called back.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <random>
#include <string>

#include "sim/agenda.hpp"
#include "sim/card.hpp"
#include "sim/identity.hpp"
#include "sim/journal.hpp"
#include "sim/options.hpp"
#include "sim/report.hpp"
#include "sim/rules.hpp"
#include "sim/tpdu.hpp"

namespace burstd::sim {

// A message on its way from a modem to the network.
struct Submission {
  Submit submit;
  std::string pdu;  // as it was typed
  int mr = 0;
};

boost::json::object fields_of(const Submission& submission);

class Network {
 public:
  using Deliver = std::function<void(const Report&)>;

  Network(const Options& options, Agenda& agenda, Journal& journal);

  Rules& rules() { return x_rules; }
  Mailbox& mailbox() { return x_mailbox; }  // reports that could not be handed over
  Drawer& cards() { return x_cards; }       // the SIMs it has issued

  // Whether the network would take it; asked once a submission.
  std::optional<Refusal> judge(const Submission& submission) { return x_rules.refusal(submission.submit.to); }

  // It is sent from now on. `deliver` is called once for each report, when it comes to the modem. Where the
  // first report is to come early, it is not planned but handed back, to be called beside the verdict.
  std::function<void()> take(const Identity& from, const Submission& submission, Deliver deliver);

  // Held reports wait in the network until they are released.
  void hold() { x_holding = true; }
  void release();

  std::size_t held() const { return x_held.size(); }
  std::uint64_t serial() const { return x_serial; }

  // From Ctrl-Z to the verdict, and from there to each report; orders change them while it runs.
  base::Milliseconds air;
  base::Milliseconds report_delay;

 private:
  struct Sent;
  void plan_report(Sent sent);
  void report(Sent sent);
  base::Milliseconds delay();

  const Options& x_options;
  Agenda& x_agenda;
  Journal& x_journal;
  Rules x_rules;
  Mailbox x_mailbox;
  Drawer x_cards;
  std::mt19937_64 x_random;
  std::uint64_t x_serial = 0;
  bool x_holding = false;
  std::deque<std::function<void()>> x_held;
};

}  // namespace burstd::sim
