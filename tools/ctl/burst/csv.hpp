// CSV as clinic programs and spreadsheets write it (RFC 4180, and "," ";" or tab found from the header) into
// rows that know their line. A damaged file is refused whole, with the line and the remedy: a shifted cell
// would send a text to the wrong number. Pure; knows nothing of recipients.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace burstd::ctl {

struct Record {
  std::size_t line = 1;  // where it begins; quoted line ends make later records begin further down
  std::vector<std::string> cells;
};

struct Sheet {
  char delimiter = ',';
  Record head;
  std::vector<Record> rows;  // empty lines are left out; every row has as many cells as the head
};

// Fails with codes "csv-encoding", "csv-quote", "csv-too-many-cells", "csv-empty", "csv-heads".
base::Result<Sheet> read_csv(std::string_view octets);

}  // namespace burstd::ctl
