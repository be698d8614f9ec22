// What one modem is, does and suffers, for the status page. Written by modem::Modem, read by the gateway. It holds
// nothing that a modem goes by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace burstd::modem {

enum class State : std::uint8_t {
  absent,      // the port does not exist
  busy,        // another process holds the port
  opening,     // the port is being opened, or we wait to try again
  setting_up,  // it answers; identity, SIM, report routes
  waiting,     // set up, but not able to send yet: SIM, PIN, registration (see the sentence)
  ready,       // sends
  paused,      // by a person
  failed,      // the session ended in an error and will be tried again
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
  std::string report_route;         // the +CNMI that was accepted; empty: none
  std::uint64_t accepted = 0;       // submissions the network took in this process's life
  std::uint64_t recoveries = 0;     // sessions begun after the first
  std::optional<base::Time> last_accepted;
  std::optional<base::Time> last_report;
};

}  // namespace burstd::modem
