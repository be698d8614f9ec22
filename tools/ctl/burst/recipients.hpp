// The recipients of a burst from a file: a CSV sheet or a JSON array into the API's recipients, each
// remembering the line it came from. Finds out which column is what; never judges a number (the gateway
// does), except one that a spreadsheet has visibly destroyed.
#pragma once

#include <boost/json/array.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "ctl/burst/csv.hpp"

namespace burstd::ctl {

struct Columns {  // named by the caller; empty: found by their usual names
  std::string number, patient, name;
  std::optional<std::vector<std::string>> fields = {};  // only these are sent; nothing: every column
};

struct Recipients {
  boost::json::array rows;
  std::vector<std::size_t> lines;  // of each row in the file; empty for JSON
};

// Codes "recipients-columns", "recipients-number-destroyed", "time-invalid", "recipients-empty".
base::Result<Recipients> recipients_of(const Sheet& sheet, const Columns& columns, base::Time now);

// Codes "json-invalid", "recipients-empty".
base::Result<Recipients> recipients_of_json(std::string_view octets);

// The names a column's cells can be used by in a text: as written when it is one word, else "first_name" for
// "First Name"; a capitalised word is offered in small letters too.
std::vector<std::string> field_names(std::string_view head);

}  // namespace burstd::ctl
