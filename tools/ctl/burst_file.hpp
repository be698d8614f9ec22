// From a file of recipients and the options beside it to the request for a preview. Reads the file, asks nobody.
// Used by burst_commands; judges no number and no text, which is the gateway's part.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ctl/recipients.hpp"
#include "ctl/term.hpp"

namespace burstd::ctl {

struct Draft {
  std::string file;  // "-": standard input
  std::optional<std::string> text;
  std::string template_name, name, category, client_ref, user, send_after, expires_at;
  Columns columns;
};

struct Preview {
  boost::json::object body;        // of POST /v1/batches
  std::vector<std::size_t> lines;  // of the rows in the file
};

// Errors of files, columns and times; codes "file-unreadable", "text-missing", "template-invalid" and those
// of csv and recipients.
base::Result<Preview> read_draft(const Draft& draft, const Term& term);

}  // namespace burstd::ctl
