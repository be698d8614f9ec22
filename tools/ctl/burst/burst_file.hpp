// From a file of recipients, or the name of a group, and the options beside it to the request for a preview. Reads the
// files, asks nobody. Used by burst_commands and group_commands; judges no number and no text, which is the gateway's
// part.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ctl/burst/recipients.hpp"
#include "ctl/words/term.hpp"

namespace burstd::ctl {

struct Draft {
  std::string file;    // "-": standard input; empty: the group
  std::string group;   // of the gateway, in place of a file
  std::string report;  // the file that says what the columns of `file` are
  std::optional<std::string> text;
  std::string template_name, name, category, client_ref, user, send_after, expires_at;
  Columns columns;
};

struct Preview {
  boost::json::object body;        // of POST /v1/batches
  std::vector<std::size_t> lines;  // of the rows in the file
};

// Errors of files, columns and times; codes "file-unreadable", "text-missing", "template-invalid", "report-invalid" and
// those of csv, recipients and report_rows.
base::Result<Preview> read_draft(const Draft& draft, const Term& term);

// The rows of a file, CSV or JSON. "-": standard input.
base::Result<Recipients> read_recipients(const std::string& file, const Columns& columns, const Term& term);

}  // namespace burstd::ctl
