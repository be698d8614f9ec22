// What one modem is, does and suffers, for the status page. Written by modem::Modem, read by the gateway. It holds
// nothing that a modem goes by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace burstd::modem {

enum class State : std::uint8_t {
  absent,       // the port does not exist
  busy,         // another process holds the port
  opening,      // the port is being opened, or we wait to try again
  setting_up,   // it answers; identity, SIM, report routes
  waiting,      // set up, but not able to send yet: SIM, PIN, registration (see the sentence)
  ready,        // sends
  paused,       // by a person
  failed,       // the session ended in an error and will be tried again
  resetting,    // told to start anew; it is away for a while
  quarantined,  // nothing helped; it is tried again now and then
  stopped,
};

const char* to_string(State state);

struct Identity {
  std::string manufacturer;  // +CGMI
  std::string model;         // +CGMM
  std::string revision;      // +CGMR
  std::string imei;          // +CGSN
  std::string iccid;         // +CCID and its kin; may be empty
  std::string imsi;          // +CIMI

  // What attempts, references and quotas are kept under: the ICCID, else the IMSI, else "imei:<imei>".
  std::string sim() const;
};

// In which way delivery reports reach us.
enum class ReportWay : std::uint8_t {
  none,          // not at all
  direct,        // +CDS; lost when nobody listens
  acknowledged,  // +CDS, which the network repeats until we say AT+CNMA
  stored,        // kept by the modem until we have read them
};

const char* to_string(ReportWay way);

// What was done to get it going again, in this process's life.
struct Recoveries {
  std::uint64_t probes = 0;      // it was silent and asked again with AT
  std::uint64_t reopens = 0;     // sessions begun after the first
  std::uint64_t resets = 0;      // the driver's reset command, also by a person
  std::uint64_t usb_resets = 0;  // its socket switched off and on
  std::uint64_t quarantines = 0;
};

// The money on a prepaid SIM, as it was last told.
struct Credit {
  std::string answer;            // the operator's words
  std::optional<double> amount;  // nothing: the pattern did not fit
  base::Time at;
  std::uint64_t accepted_before = 0;  // Status::accepted at that time: what was sent since is not in it
};

// A modem on the bus that is not in use, and why.
struct Stranger {
  std::string port;    // empty: it has none
  std::string usb;     // "12d1:1001"
  std::string socket;  // "1-1.4"
  Identity identity;   // as far as it was asked
  std::string sentence;
};

struct Status {
  std::string name;
  std::string port;
  State state = State::opening;
  base::Time since;      // of the state
  std::string sentence;  // why it does not send, and what to do; empty when ready
  std::string driver;
  Identity identity;
  std::string operator_name;        // +COPS
  std::optional<int> signal;        // 0..31 of +CSQ; nothing: not known
  std::optional<int> registration;  // stat of +CREG or +CEREG (27.007, 7.2)
  std::string service_centre;       // +CSCA
  std::string number;               // of the SIM: configured, else +CNUM as it says it; empty: not known
  bool wants_pin = false;           // the SIM waits for its PIN
  std::optional<int> pin_tries;     // left; nothing: the modem does not tell
  std::string usb, socket;          // "12d1:1001", "1-1.4"; empty: not on the bus, or not known
  std::string report_route;         // the +CNMI that was accepted; empty: none
  ReportWay report_way = ReportWay::none;
  bool reports_proven = false;   // one has come on this route
  std::string report_sentence;   // what the route costs, or that none come
  bool reports_missing = false;  // none has come in a day although messages were sent
  std::uint64_t accepted = 0;    // submissions the network took in this process's life
  Recoveries recoveries;
  std::optional<base::Time> next_try;  // while it is not tried
  std::optional<Credit> credit;
  std::optional<base::Time> last_accepted;
  std::optional<base::Time> last_report;
};

}  // namespace burstd::modem
