// What a burst says and to whom, put together from what the caller gave and what the record keeps: the text or the
// template's, the rows or the group's, completed. Bursts calls it inside the snapshot in which it judges the rows.
#pragma once

#include <vector>

#include "burst/recipient.hpp"
#include "clinic/bursts.hpp"
#include "store/connection.hpp"

namespace burstd::clinic {

struct Composed {
  burst::Template text;
  std::optional<int> max_segments;  // of the template
  std::vector<burst::Recipient> recipients;
};

// Fails with "template-unknown", "template-invalid", "group-unknown", "group-empty" or "group-too-large".
base::Result<Composed> compose(const store::Connection& connection, const BurstDraft& draft, const Options& options,
                               const Templates& templates);

}  // namespace burstd::clinic
