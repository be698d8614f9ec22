// Who one pretended modem and its SIM are. Everything follows from the seed and the modem's number, and at first no
// two modems of one run share any of it; orders change that. The numbers are of the test network 001-01.
#pragma once

#include <cstdint>
#include <string>

namespace burstd::sim {

struct Identity {
  std::string name;  // "modem1"
  std::string imei;
  std::string imsi;
  std::string iccid;
  std::string operator_name;
  std::string smsc;  // "+99900000001"
  int signal = 20;   // +CSQ, 0…31
};

Identity make_identity(std::uint64_t seed, int number);

// The IMSI of a SIM follows from its ICCID (at least 10 digits).
std::string imsi_of(const std::string& iccid);

}  // namespace burstd::sim
