#include "api/problem.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace burstd::api {

namespace {

struct CodeStatus {
  std::string_view code;
  int status;
};

constexpr std::array code_statuses{
    CodeStatus{"client-ref-reused", 422},   CodeStatus{"resync", 410},       CodeStatus{"preview-expired", 410},
    CodeStatus{"template-maintained", 403}, CodeStatus{"disk-full", 507},    CodeStatus{"disk-low", 507},
    CodeStatus{"row-unknown", 422},         CodeStatus{"store-broken", 503}, CodeStatus{"queue-full", 503},
};

struct StatusWord {
  int status;
  std::string_view title;
  bool retryable;
};

constexpr std::array status_words{
    StatusWord{400, "Bad Request", false},
    StatusWord{403, "Forbidden", false},
    StatusWord{404, "Not Found", false},
    StatusWord{405, "Method Not Allowed", false},
    StatusWord{406, "Not Acceptable", false},
    StatusWord{408, "Request Timeout", true},
    StatusWord{409, "Conflict", false},
    StatusWord{410, "Gone", false},
    StatusWord{411, "Length Required", false},
    StatusWord{413, "Content Too Large", false},
    StatusWord{414, "URI Too Long", false},
    StatusWord{415, "Unsupported Media Type", false},
    StatusWord{417, "Expectation Failed", false},
    StatusWord{422, "Unprocessable Content", false},
    StatusWord{429, "Too Many Requests", true},
    StatusWord{431, "Request Header Fields Too Large", false},
    StatusWord{500, "Internal Server Error", false},
    StatusWord{501, "Not Implemented", false},
    StatusWord{503, "Service Unavailable", true},
    StatusWord{505, "HTTP Version Not Supported", false},
    StatusWord{507, "Insufficient Storage", true},
};

const StatusWord& words_of(int status) {
  static constexpr StatusWord other{500, "Error", false};
  const auto* const found = std::ranges::find(status_words, status, &StatusWord::status);
  return found == status_words.end() ? other : *found;
}

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
  const StatusWord& words = words_of(problem.status);
  boost::json::array errors;
  for (const Fault& fault : problem.errors.told()) {
    errors.push_back(boost::json::object{{"pointer", fault.pointer}, {"detail", fault.detail}});
  }
  const boost::json::object body{{"type", "urn:burstd:problem:" + problem.code},
                                 {"title", std::string_view(words.title)},
                                 {"status", problem.status},
                                 {"detail", problem.detail},
                                 {"code", problem.code},
                                 {"retryable", words.retryable},
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
