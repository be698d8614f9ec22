// The face of a modem that is ready: what the gateway may do with it, and what the modem asks of its owner.
// modem implements Link and calls Host; gateway implements Host. PDUs are opaque hexadecimal text here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "async/signal.hpp"
#include "async/task.hpp"
#include "base/blame.hpp"
#include "base/patience.hpp"
#include "modem/status.hpp"

namespace burstd::modem {

// The network (or the modem on its behalf) took it: +CMGS with TP-MR. `reference` is nothing when the final
// result was OK without a readable +CMGS.
struct Accepted {
  std::optional<int> reference;
};

// A final error result, already read with the tables of at/ (and the driver's own), so that the owner needs
// to know no AT. `before_air`: proven to precede Ctrl-Z, hence nothing can have left.
struct Refused {
  std::string result;  // the line as the modem sent it, "+CMS ERROR: 38"
  base::Blame blame;
  std::string sentence;  // for a receptionist
  bool before_air;
  std::optional<base::Patience> patience = {};  // nothing: that of its blame
  std::optional<int> suspect_after = {};        // as at::Meaning's; nothing: that of its blame
};

// Trouble before Ctrl-Z (no prompt, port gone, the permit was shut): nothing has left, any SIM may take it.
struct NotSent {
  std::string why;
};

// Ctrl-Z was written and no verdict came: it may have left.
struct Unknown {
  std::string why;
};

using Verdict = std::variant<Accepted, Refused, NotSent, Unknown>;

struct Submission {
  std::string pdu;      // hexadecimal, service-centre octet(s) first
  int length;           // TPDU octets, the argument of AT+CMGS
  async::Gate& permit;  // opened when the attempt is durable; shut: send nothing (ESC at the prompt)
  async::Gate& handed;  // opened by the modem at the moment Ctrl-Z is written; shut when the submission ends before it
  bool more = false;    // another one follows at once, so that the radio link may be kept (27.005 AT+CMMS)
};

// Valid while Host::serve runs. One submission at a time.
class Link {
 public:
  virtual ~Link() = default;

  virtual const Identity& identity() const = 0;
  virtual bool up() const = 0;           // false: the session is ending, leave serve()
  virtual async::Signal& changed() = 0;  // notified when up() turns false
  virtual async::Task<Verdict> submit(const Submission& submission) = 0;

  // Until the modem has nothing stored that was announced: while a message is on the air it cannot be asked for it,
  // and its memory for reports is small.
  virtual async::Task<> emptied() = 0;
};

// An attempt of this port that had no verdict when the last session (or process) ended.
struct Unresolved {
  base::Time since;
};

// What a PDU from the network is.
enum class PduKind : std::uint8_t { report, message, unreadable };

// What the owner says of a modem that answers.
struct Welcome {
  std::string objection;  // why it may not be used, and what to do; empty: it may
  std::string iccid;      // of the card with this IMSI, where the modem does not tell it and the owner knows
};

// Whether a PIN may be typed.
struct PinLeave {
  std::optional<std::int64_t> attempt;  // its number on record; nothing: it may not
  std::string refusal;                  // why not, and what to do
};

// How the typing of a PIN ended.
enum class PinEnd : std::uint8_t { accepted, refused, unanswered, not_typed };

// What a modem needs from its owner. Calls come on the loop thread.
class Host {
 public:
  virtual ~Host() = default;

  // Whether this hardware with this SIM may be used under the modem's name; what is not known yet is empty. Asked
  // before anything is done to the SIM, and again when more is known.
  virtual async::Task<Welcome> welcome(const Identity& identity) = 0;

  // Asked before a PIN is typed; with leave, the attempt is on record. `by_person`: somebody has just said so. A pair
  // of SIM and PIN that was refused or unanswered before has none until a person releases it.
  virtual async::Task<PinLeave> begin_pin(const Identity& identity, const std::string& pin, bool by_person) = 0;
  virtual async::Task<> end_pin(std::int64_t attempt, PinEnd end) = 0;

  // What the network's answer to the code for the credit says; `coding` as in 23.038, clause 5.
  virtual Credit credit(const std::string& text, std::optional<int> coding) const = 0;

  virtual void status(const Status& status) = 0;

  // Whether nobody here knows the time, so that the network is to be asked, and what it said.
  virtual bool wants_time() const { return false; }
  virtual void network_time(base::Time) {}

  // Asked of every PDU before it is handed on; a pure question.
  virtual PduKind kind(const std::string& pdu) const = 0;

  // A status report (+CDS). True: it is durable, and only then the modem acknowledges it. False: it could not be kept,
  // the modem must not forget it.
  virtual async::Task<bool> report(const Identity& identity, std::string pdu) = 0;

  // A message for us (+CMT), in the same way. `pdu` as the modem gave it.
  virtual async::Task<bool> incoming(const Identity& identity, std::string pdu) = 0;

  // Asked once a session, before anything is written to the port.
  virtual async::Task<std::optional<Unresolved>> unresolved(const std::string& modem) = 0;

  // The verdict of the open submission of an earlier session, heard before this one's first submission.
  virtual async::Task<> late_verdict(const Identity& identity, Verdict verdict) = 0;

  // The modem is ready: hand it work until link.up() is false. When it returns sooner, the session ends; when the
  // network was lost, the same session calls again as soon as it is back.
  virtual async::Task<> serve(Link& link) = 0;
};

}  // namespace burstd::modem
