// What the command line of burst-modem-sim can say, as values. main reads it, everything else takes it.
// The texts of rules stay texts here; bench reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace burstd::sim {

// When the first report of a message comes, seen from its +CMGS.
enum class Early : std::uint8_t { none, between, before };

// How a modem writes the text of a USSD answer: as it is, as UTF-16 in hexadecimal, as packed septets in hexadecimal.
enum class UssdForm : std::uint8_t { text, ucs2, gsm7 };

struct Options {
  int modems = 1;
  std::string dir;         // where the links modem1…modemN appear
  std::string log;         // the journal
  std::string control;     // Unix socket; empty: none
  std::string transcript;  // played on modem1; empty: none
  std::uint64_t seed = 1;
  std::uint32_t mode = 0600;  // of the ptys

  std::string bus;                   // where a pretended sys and dev appear; empty: none
  std::string usb_id = "1209:0001";  // of every modem, on the bus
  std::string usb_serial;            // the modems are this and their number; empty: they say none
  int interfaces = 1;                // so many ports has a modem on the bus
  int at_interface = 0;              // and this one answers

  base::Milliseconds air{0};         // Ctrl-Z to verdict
  base::Milliseconds link_setup{0};  // so much of it is spared while AT+CMMS keeps the link
  base::Milliseconds report{300};    // verdict to report, and report to report
  base::Milliseconds jitter{0};      // added to every report: 0…jitter
  base::Milliseconds prompt{0};      // AT+CMGS to prompt
  base::Milliseconds ack{5000};      // a report without +CNMA is repeated after this
  base::Milliseconds boot{300};      // how long AT+CFUN=1,1 keeps the modem deaf
  base::Milliseconds latency{0};     // from a command to its answer
  base::Milliseconds late_ok{0};     // from +CMGS to its OK
  base::Milliseconds ussd{200};      // from AT+CUSD to the answer
  base::Milliseconds again{1000};    // from try to try of a report that the network keeps
  Early early = Early::none;

  bool stubborn_echo = false;        // ATE0 is answered OK and changes nothing
  bool csms1 = false;                // AT+CSMS=0 is answered OK and changes nothing
  bool keep_reports = false;         // a report nobody can hear waits for the next AT+CNMI
  bool boot_unplugs = false;         // AT+CFUN=1,1 takes the port away for `boot`
  bool trace = false;                // journal every command
  bool no_ok = false;                // +CMGS is the last word about a message
  int pad = 0;                       // so many hexadecimal digits stand behind the PDU of a +CDS
  bool pin_hides_sim = false;        // ICCID and IMSI are told only after the PIN
  bool hold_unacknowledged = false;  // the network keeps a report that it could not hand over, and tries again
  int slots = 0;                     // of SM; 0: as the profile says
  std::string cdsi_memory;           // what +CDSI names; empty: as the profile says
  std::string cnmi_reads;            // the answer to AT+CNMI?; empty: the truth
  std::string national;              // country code of recipients that reports write in national form; empty: none
  std::string ds_values;             // which <ds> AT+CNMI accepts; empty: as the profile says
  std::string sim_pin;               // empty: the SIM asks for none

  std::vector<std::string> profile;  // FILE, or MODEM=FILE
  std::string ussd_text = "Your balance is 12.50";
  std::optional<UssdForm> ussd_form;  // else as the profile says

  std::vector<std::string> refuse;            // NUMBER=CODE[xCOUNT]
  std::vector<std::string> refuse_but_send;   // the same, yet the message goes out
  std::vector<std::string> refuse_at_prompt;  // CODE[xCOUNT]
  std::vector<std::string> fail;              // NUMBER=STATUS[,STATUS]…
  std::vector<std::string> no_report;         // NUMBER
  bool numbers = false;                       // the endings of numbers.hpp count
};

// What a command line asks for: a run, or an early end (--help, a mistake) with its exit code.
struct Reading {
  Options options;
  bool run = false;
  int exit_code = 0;
};

// Prints help and mistakes itself.
Reading read_command_line(int argc, char** argv);

}  // namespace burstd::sim
