// What is different about one make of modem from 27.005/27.007, as plain data read from drivers/*.yaml.
// config fills it, modem reads it; no vendor is named in code.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace burstd::modem {

struct Driver {
  std::string name = "generic";
  std::string description;

  // How to recognise it; an empty list matches nothing, the driver "generic" is the fall-back.
  std::vector<std::string> manufacturers;  // substring of +CGMI, any case
  std::vector<std::string> models;         // prefix of +CGMM, any case; empty: every model of the manufacturer

  // Sent as soon as the make is known and before SIM, PDU mode and report routes are set, each waiting for its final
  // result; an error is not fatal.
  std::vector<std::string> setup;

  // Unsolicited lines that carry nothing for us, by prefix ("^RSSI:").
  std::vector<std::string> ignore;

  // Arguments of AT+CNMI to try in this order, as far as AT+CNMI=? offers them; the first that is accepted and reads
  // back is used. Those whose fourth number is 0 give no reports and are tried last, wherever they stand.
  std::vector<std::string> report_routes{"2,1,0,1,0", "1,1,0,1,0", "2,1,0,2,0", "1,1,0,2,0", "2,1,0,1,1", "1,1,0,1,1",
                                         "2,1,0,2,1", "1,1,0,2,1", "2,1,0,0,0", "1,1,0,0,0", "2,1,0,0,1", "1,1,0,0,1"};

  std::chrono::seconds prompt_timeout{10};
  std::chrono::seconds submit_timeout{180};  // from Ctrl-Z to the verdict (3GPP TS 24.011 TR1M is 35 to 45 s)
  std::chrono::seconds network_timer{45};    // after this an unanswered submission is over in the modem, too
  std::chrono::seconds command_timeout{10};
  std::string reset = "AT+CFUN=1,1";  // for a person who looks after the modem; no session sends it by itself
};

}  // namespace burstd::modem
