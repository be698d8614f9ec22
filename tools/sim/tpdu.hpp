// Everything this program has to do with PDUs: reading the SUBMIT a modem was given, writing the
// STATUS-REPORT and the DELIVER a network answers with. The bits themselves are the pdu room's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace burstd::sim {

struct Concat {
  int reference;
  int total;
  int part;
};

// A SUBMIT as the network understands it.
struct Submit {
  std::string to;                        // "+E.164" for an international address, else the bare digits
  std::string text;                      // of this part; empty for 8-bit data
  std::string encoding;                  // "gsm7", "ucs2", "8bit"
  bool report = false;                   // TP-SRR
  std::optional<std::int64_t> validity;  // minutes
  std::optional<Concat> concat;
};

// A PDU line for the daemon; `length` counts the TPDU without the service centre.
struct Line {
  std::string hex;
  int length = 0;
};

struct ReportFacts {
  std::string smsc;
  std::string to;
  int mr = 0;
  int status = 0;
  base::Time accepted;
  base::Time discharged;
};

struct Letter {
  std::string smsc;
  std::string from;  // a number, or a name of at most 11 characters
  std::string text;
  base::Time sent;
  int reference = 0;  // of the parts, where the text needs several
};

// `length` is the argument of AT+CMGS and must agree with the octets.
base::Result<Submit> read_submit(std::string_view hex, int length);

base::Result<Line> write_report(const ReportFacts& facts);

// One line a part.
base::Result<std::vector<Line>> write_letter(const Letter& letter);

}  // namespace burstd::sim
