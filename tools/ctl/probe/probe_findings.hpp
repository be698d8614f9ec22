// What `burstctl driver probe` has found out about a modem, as plain data: filled by probe, told by probe_report and
// probe_json, and made into a driver's file by probe_draft. Holds no PIN and no message.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "at/reply.hpp"
#include "base/time.hpp"
#include "modem/driver.hpp"
#include "modem/status.hpp"
#include "serial/bus.hpp"

namespace burstd::ctl {

// One question and what became of it.
struct Exchange {
  std::string command;
  std::vector<std::string> lines;
  std::string result;  // "OK", the error as the modem sent it, "no answer", "not asked"
  base::Milliseconds took{0};
  bool good = false;  // it ended in OK

  std::string last() const { return lines.empty() ? std::string() : lines.back(); }
};

// Where the port is on the bus.
struct Place {
  std::optional<serial::Usb> usb;
  std::vector<serial::Candidate> others;  // the other ports of the same device
};

// Which driver would be used.
struct Recognition {
  modem::Driver driver;
  std::string reason;
};

struct SimState {
  std::string told;  // the answer to AT+CPIN?, or the error
  at::SimLock lock = at::SimLock::other;
  std::optional<int> standard_tries;                         // by AT+CPINR
  std::vector<std::pair<modem::PinCounter, int>> own_tries;  // by the counters that drivers know
};

struct Network {
  std::optional<int> creg, cgreg, cereg;
  std::optional<int> signal;
  std::string operator_name, service_centre;
};

// What became of one argument of AT+CNMI.
struct RouteTry {
  std::string route;
  bool offered = false;   // by AT+CNMI=?
  bool accepted = false;  // it ended in OK
  bool exact = false;     // and was read back
  std::string reads, result;
};

struct MemoryLook {
  at::MemoryUse use;
  base::Milliseconds took{0};
};

struct Messaging {
  bool pdu_mode = false;
  std::string routes_offered, route_before;
  std::vector<RouteTry> routes;
  std::string services_offered;
  std::optional<int> service_before;
  bool takes_service_0 = false, takes_service_1 = false;  // and reads it back
  bool knows_acknowledgement = false;                     // AT+CNMA=?
  std::string acknowledgement;                            // the result of AT+CNMA; empty: not tried
  std::string memories_offered, memories_before;
  std::vector<MemoryLook> memories;
  std::string more_to_send, service_codes;  // AT+CMMS=?, AT+CUSD=?; empty: not known
};

// A line that came unasked, by its beginning; what stands behind that may be somebody's number.
struct HeardLine {
  std::string beginning;
  int times = 0;
};

struct Overheard {
  std::vector<HeardLine> lines;
  int reports = 0, messages = 0;  // that came meanwhile
  int listened_s = 0;
};

struct Findings {
  std::string port;
  bool answered = false;
  bool interrupted = false;    // by Ctrl-C, before all was asked
  std::string fault, trouble;  // why it could not be asked, or not to the end: a code and a sentence
  Place place;
  Recognition recognition;
  modem::Identity identity;
  SimState sim;
  Network network;
  Messaging messaging;
  Overheard overheard;
  std::vector<Exchange> exchanges;
  std::vector<std::string> not_put_back;  // "AT+CNMI was 0,0,0,0,0"

  // Everything was asked; only then there is something to make a driver of.
  bool whole() const { return answered && !interrupted && trouble.empty(); }
};

}  // namespace burstd::ctl
