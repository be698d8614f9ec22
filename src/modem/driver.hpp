// What is different about one make of modem from 27.005/27.007, as plain data read from drivers/*.yaml.
// config fills it, modem reads it; no vendor is named in code.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/blame.hpp"
#include "base/patience.hpp"

namespace burstd::modem {

// A product on the USB bus and which of its ports speaks AT.
struct UsbPorts {
  std::string id;                  // "12d1:1001", or "12d1" for every product of the vendor
  std::vector<std::string> ports;  // best first: "02" (bInterfaceNumber) or "ff/02/02" (class/subclass/protocol), both
                                   // in hexadecimal; empty: each port is asked
};

// A form in which the hardware is on the bus but is no modem (a CD-ROM, a router).
struct OtherForm {
  std::vector<std::string> ids;
  std::string sentence;  // what it is and what to do
};

// How far something may be relied on. `probe`: nobody has confirmed it, so it is used only where nothing better is
// left.
enum class Trust : std::uint8_t { no, probe, yes };

// How many tries of the PIN are left.
struct PinCounter {
  std::string command;  // "AT^CPIN?"; empty: this make tells only by AT+CPINR, or not at all
  std::string prefix;   // of the answer, "^CPIN:"
  int field = 0;        // which of its values, from 0
};

// An error result that means something else than in 27.005 and 27.007.
struct Code {
  enum class Kind : std::uint8_t { cms, cme };
  Kind kind = Kind::cms;
  int code = 0;
  base::Blame blame = base::Blame::unknown;
  std::string sentence;
  std::optional<base::Patience> patience;  // nothing: that of its blame
};

struct Driver {
  std::string name = "generic";
  std::string description;

  // How to recognise it; an empty list matches nothing, the driver "generic" is the fall-back. By USB it is known
  // before the first word, by its own answers afterwards; the answers decide.
  std::vector<UsbPorts> usb;
  std::vector<OtherForm> other_forms;
  std::vector<std::string> manufacturers;  // substring of +CGMI, any case
  std::vector<std::string> models;         // prefix of +CGMM, any case; empty: every model of the manufacturer

  // Sent before every other command when the USB identity has told the make; an error is not fatal.
  std::vector<std::string> first;

  // Sent as soon as the make is known and before SIM, PDU mode and report routes are set, each waiting for its final
  // result; an error is not fatal.
  std::vector<std::string> setup;
  std::vector<std::string> usb_setup;  // the same, only where the modem is on the USB bus

  // Unsolicited lines that carry nothing for us, by prefix ("^RSSI:").
  std::vector<std::string> ignore;

  // Unsolicited lines, by prefix: it has just started anew and forgotten its settings; its message memory is full.
  std::vector<std::string> boot;
  std::vector<std::string> memory_full;

  // Whether reports that it stores (ds 2) can be read where it says, and whether it wants, and stands, an AT+CNMA for
  // each report that it hands over directly (CSMS 1).
  Trust stored_reports = Trust::probe;
  Trust acknowledged_reports = Trust::no;

  // Arguments of AT+CNMI to try in this order, as far as AT+CNMI=? offers them; the first that is accepted and reads
  // back is used. Those whose fourth number is 0 give no reports and are tried last, wherever they stand.
  std::vector<std::string> report_routes{"2,1,0,1,0", "1,1,0,1,0", "2,1,0,2,0", "1,1,0,2,0", "2,1,0,1,1", "1,1,0,1,1",
                                         "2,1,0,2,1", "1,1,0,2,1", "2,1,0,0,0", "1,1,0,0,0", "2,1,0,0,1", "1,1,0,0,1"};

  // Whether it is asked to keep the radio link from one message to the next (AT+CMMS=2); a refusal does no harm.
  Trust more_messages = Trust::probe;

  std::chrono::seconds prompt_timeout{10};
  std::chrono::seconds submit_timeout{180};  // from Ctrl-Z to the verdict (3GPP TS 24.011 TR1M is 35 to 45 s)
  std::chrono::seconds network_timer{45};    // after this an unanswered submission is over in the modem, too
  std::chrono::seconds command_timeout{10};
  std::string reset = "AT+CFUN=1,1";
  std::chrono::seconds reset_time{90};  // so long it may be away afterwards

  PinCounter pin_counter;
  std::vector<Code> codes;

  // The payload goes out in pieces of so many octets; 0: in one. Some modems show no prompt and want it at once.
  int slice = 0;
  std::chrono::milliseconds slice_pause{10};
  bool prompts = true;
};

}  // namespace burstd::modem
