#include "api/problem.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "http/status.hpp"

namespace burstd::api {

namespace {

struct CodeStatus {
  std::string_view code;
  int status;
};

constexpr std::array code_statuses{
    CodeStatus{"client-ref-reused", 422}, CodeStatus{"resync", 410},
    CodeStatus{"preview-expired", 410},   CodeStatus{"template-maintained", 403},
    CodeStatus{"disk-full", 507},         CodeStatus{"disk-low", 507},
    CodeStatus{"row-unknown", 422},       CodeStatus{"store-broken", 503},
    CodeStatus{"queue-full", 503},        CodeStatus{"modem-away", 409},
    CodeStatus{"pin-not-wanted", 409},    CodeStatus{"pin-last-try", 409},
    CodeStatus{"nothing-to-adopt", 409},  CodeStatus{"adoption-ambiguous", 409},
    CodeStatus{"forbidden", 403},         CodeStatus{"not-held", 409},
};

// The same request may be answered otherwise a little later.
constexpr std::array retryable{408, 429, 503, 507};

int status_of(base::Fault fault) {
  switch (fault) {
    case base::Fault::malformed:
      return 400;
    case base::Fault::refused:
    case base::Fault::conflict:
      return 409;
    case base::Fault::missing:
      return 404;
    case base::Fault::unavailable:
      return 503;
    case base::Fault::exhausted:
      return 507;
    case base::Fault::broken:
      break;
  }
  return 500;
}

}  // namespace

http::Response to_response(const Problem& problem) {
  boost::json::array errors;
  for (const Fault& fault : problem.errors.told()) {
    errors.push_back(boost::json::object{{"pointer", fault.pointer}, {"detail", fault.detail}});
  }
  const boost::json::object body{{"type", "urn:burstd:problem:" + problem.code},
                                 {"title", http::status_words(problem.status)},
                                 {"status", problem.status},
                                 {"detail", problem.detail},
                                 {"code", problem.code},
                                 {"retryable", std::ranges::find(retryable, problem.status) != retryable.end()},
                                 {"errors", std::move(errors)}};
  http::Response response;
  response.status = problem.status;
  response.content_type = "application/problem+json";
  response.body = boost::json::serialize(body);
  return response;
}

Problem problem_of(const base::Error& error) {
  const auto* const known = std::ranges::find(code_statuses, error.code, &CodeStatus::code);
  const int status = known == code_statuses.end() ? status_of(error.fault) : known->status;
  return Problem{status, error.code, error.sentence, {}};
}

Problem malformed(Faults faults) {
  std::string detail = "The request has a fault; nothing was done.";
  if (faults.count() > 1) {
    detail = "The request has " + std::to_string(faults.count()) + " faults; nothing was done.";
  }
  return Problem{400, "request-invalid", std::move(detail), std::move(faults)};
}

http::Response refuse(const base::Error& error) { return to_response(problem_of(error)); }

}  // namespace burstd::api
