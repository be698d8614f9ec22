// What one family of real modems does differently from 27.005 and 27.007, as data read from tests/profiles/*.json.
// The machine asks it at every point where makes differ; without a file it is a modem that keeps to the book. What it
// holds about the USB bus is only kept here, for whoever pretends the bus.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "sim/options.hpp"

namespace burstd::sim {

struct UsbFacts {
  std::string id;       // "12d1:1001"; empty: not on the bus (a true serial port)
  int interfaces = 0;   // how many
  std::vector<int> at;  // the numbers of those that answer AT, best first
};

// What AT+CNMI accepts, and what it says that it accepts.
struct Routes {
  std::vector<int> mode{0, 1, 2, 3};
  std::vector<int> mt{0, 1, 2, 3};
  std::vector<int> bm{0, 1, 2, 3};
  std::vector<int> ds{0, 1, 2};
  std::vector<int> bfr{0, 1};
  std::string answer;                       // to AT+CNMI=?, after its prefix; empty: the lists above
  std::vector<std::string> refused;         // whole arguments ("2,2,0,1,0") that are refused all the same
  std::string refusal = "+CMS ERROR: 302";  // how
};

struct Storage {
  std::map<std::string, int> slots{{"ME", 50}, {"SM", 50}, {"SR", 50}};
  int first = 1;     // number of the first slot
  std::string test;  // answer to AT+CPMS=?, after its prefix; empty: from `slots`
  std::string read;  // answer to AT+CPMS?; {memory} {used} {total}; empty: three times the same
  std::string set;   // answer to AT+CPMS=…, likewise
  std::vector<std::size_t> arguments{1, 2, 3};  // so many names may follow AT+CPMS=
  bool empty_is_ok = false;                     // AT+CMGR of an empty slot: a bare OK instead of CMS 321
  bool full_stops_sending = false;              // a full SM: AT+CMGS is refused with CMS 322
  std::string full_line;                        // said when SM is full
};

// Where a report goes under <ds> 2, and what +CDSI says of it.
struct StoredReports {
  std::string stored = "SR";
  std::string announced;  // empty: where it is stored
};

enum class Service : std::uint8_t { free, refused, forced };  // AT+CSMS=1: as asked; an error; it is 1 always
enum class MoreMessages : std::uint8_t { kept, refused };     // AT+CMMS: as asked; CMS 500, in every form
enum class Acknowledging : std::uint8_t { strict, lenient, error };
enum class Echo : std::uint8_t { normal, stubborn, off };

// The time after power-on in which the SIM is not ready.
struct Waking {
  base::Milliseconds sim_busy{0};
  int cme = 14;                    // of +CPIN, +CIMI, +CCID
  int cms = 314;                   // of the message commands
  std::vector<std::string> wrong;  // names that are answered ERROR, such as "+CMGF"
};

struct Chatter {
  base::Milliseconds every{0};  // 0: none
  std::vector<std::string> lines;
  std::vector<std::string> silenced_by;  // commands after which it keeps quiet
};

struct PinCounter {
  std::string command;  // "AT^CPIN?"
  std::string answer;   // one line; {pin_tries} {puk_tries} {cpin}
};

struct Profile {
  std::string name = "generic";
  std::string manufacturer = "Pretend Modems";
  std::string model = "PM-1";
  std::string revision;  // empty: the version of this program
  UsbFacts usb;
  Routes cnmi;
  Storage storage;
  StoredReports reports;
  std::string cds_head = "+CDS: ";
  std::vector<std::string> boot_lines{"RDY"};  // when a restart that keeps the port is over
  std::vector<std::string> ready_lines;        // when the SIM is ready, after every power-on
  Chatter chatter;
  std::map<std::string, std::string> answers;  // command in upper case → its whole answer, line by line
  std::vector<std::string> refused;            // names, in upper case, that it does not know
  PinCounter pin_counter;
  Service service = Service::free;
  MoreMessages more_messages = MoreMessages::kept;
  Acknowledging acknowledging = Acknowledging::strict;
  std::vector<std::string> resets;  // besides AT+CFUN=1,1, in upper case
  bool reset_unplugs = false;       // a reset takes the port away for a while
  Waking waking;
  Echo echo = Echo::normal;
  std::string line_end = "\r\n";         // around unsolicited lines
  std::string unknown_result = "ERROR";  // to a command that it does not know
  bool pin_state_without_ok = false;     // AT+CPIN? ends with its answer
  UssdForm ussd = UssdForm::text;
};

// The modem of a run without a profile.
const Profile& plain_profile();

// Of a JSON text; the error names the key. A key that is not known is a mistake.
base::Result<Profile> read_profile(std::string_view text);

// The same of a file; its path stands in the error.
base::Result<Profile> load_profile(const std::string& path);

// What the command line says wins.
Profile overridden(Profile profile, const Options& options);

// The profile of modem `number` by --profile: the last "modemN=FILE", else the last FILE, else the plain one.
base::Result<Profile> profile_for(int number, const Options& options);

// How a command is compared with those of a profile.
std::string upper_case(std::string_view text);

}  // namespace burstd::sim
