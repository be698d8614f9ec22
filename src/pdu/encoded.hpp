// A PDU ready for the AT line: what every encoder of this room answers. The modem writes `hex` after the prompt and
// names `length` in the command before it; nothing else needs to be known about a PDU to send it.
#pragma once

#include <string>

namespace burstd::pdu {

struct Encoded {
  std::string hex;  // begins with the service-centre length octet, "00" where the modem's own centre is to be used
  int length;       // octets of the TPDU without the service centre: the argument of AT+CMGS, the number after +CDS
};

}  // namespace burstd::pdu
