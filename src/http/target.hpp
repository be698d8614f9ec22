// The request target (RFC 9112, 3.2) as path and query: decoded once, here, and refused rather than repaired. The
// parser uses it. Dot segments are left as they are: no path of ours ever names a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/message.hpp"

namespace burstd::http {

struct Target {
  std::string path;
  std::vector<std::string> segments;  // "/" has none; a slash at the end leaves an empty last one
  Fields query;
};

// Origin form ("/v1/x?y=z"), absolute form ("http://host/v1/x") and "*". Fails with code "malformed-request".
base::Result<Target> parse_target(std::string_view text);

}  // namespace burstd::http
