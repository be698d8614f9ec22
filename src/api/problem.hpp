// How every refusal looks to a client: application/problem+json (RFC 9457) with a stable code and every fault of the
// request. Endpoints and the http room's own refusals go through here; nothing else writes an error.
#pragma once

#include <string>

#include "api/faults.hpp"
#include "base/result.hpp"
#include "http/message.hpp"

namespace burstd::api {

struct Problem {
  int status = 500;
  std::string code, detail;
  Faults errors;
};

http::Response to_response(const Problem& problem);

// The status follows the code where the table has it, else the kind of fault.
Problem problem_of(const base::Error& error);

// 400 "request-invalid" with every fault.
Problem malformed(Faults faults);

http::Response refuse(const base::Error& error);

}  // namespace burstd::api
