#include "api/api.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "api/form.hpp"
#include "api/routes.hpp"

namespace burstd::api {

namespace {

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

// A list element's value without its parameters, in lower case: "Application/JSON; q=1" is "application/json".
std::string media_type(std::string_view text) {
  text = text.substr(0, text.find(';'));
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
  std::string plain(text);
  std::ranges::transform(plain, plain.begin(), lower);
  return plain;
}

bool is_refused(std::string_view range) {
  std::string compact;
  std::ranges::copy_if(range, std::back_inserter(compact), [](char letter) { return letter != ' ' && letter != '\t'; });
  const auto quality = compact.find(";q=0");
  return quality != std::string::npos && compact.find_first_not_of("0.", quality + 3) == std::string::npos;
}

constexpr std::array<std::string_view, 3> whole_answers{"application/json", "application/*", "*/*"};
constexpr std::array<std::string_view, 5> streamed_answers{"text/event-stream", "text/*", "application/json",
                                                           "application/*", "*/*"};

bool accepts(const http::Request& request, std::span<const std::string_view> ours) {
  const auto header = request.header("Accept");
  if (!header || media_type(*header).empty()) return true;
  for (std::string_view rest = *header; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto range = rest.substr(0, comma);
    if (std::ranges::find(ours, media_type(range)) != ours.end() && !is_refused(range)) return true;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return false;
}

std::string joined(const std::vector<std::string_view>& methods) {
  std::string list;
  for (const std::string_view method : methods) {
    const std::string plain(method);
    list += (list.empty() ? "" : ", ") + (method == "GET" ? "GET, HEAD" : plain);
  }
  return list;
}

bool rewrites(std::string_view method) { return method == "DELETE" || method == "PUT" || method == "PATCH"; }

http::Response wrong_method(const http::Request& request, const Found& found) {
  Problem problem{405, "method-not-allowed", "This path does not take this method; see the header Allow.", {}};
  if (rewrites(request.method) && is_permanent(request.segments)) {
    problem.code = "record-permanent";
    problem.detail = "The record is permanent: messages, bursts and clinical items are never rewritten nor deleted.";
  }
  http::Response response = to_response(problem);
  response.headers.emplace_back("Allow", joined(found.methods));
  return response;
}

http::Response forbidden(const Caller& caller, Role needed) {
  const std::string has = caller.role == Role::none ? "no role" : "the role " + std::string(to_string(caller.role));
  return to_response(Problem{403,
                             "forbidden",
                             "The client '" + caller.name + "' has " + has + " and needs '" +
                                 std::string(to_string(needed)) +
                                 "'; an administrator gives roles to users and groups.",
                             {}});
}

// A request on its way to the function that answers it.
struct Way {
  Caller caller;
  Found found;
  std::optional<http::Response> refusal;
};

// What stands in the way of calling the route at all; nothing when it may be called.
std::optional<http::Response> obstacle(const http::Request& request, const Route& route, bool has_body) {
  const auto ours = route.streams ? std::span<const std::string_view>(streamed_answers) : whole_answers;
  if (!accepts(request, ours)) {
    const std::string also = route.streams ? " or text/event-stream" : "";
    return to_response(Problem{406, "not-acceptable", "Answers are application/json" + also + "; accept that.", {}});
  }
  if (!route.reads_query && !request.query.empty()) return to_response(malformed(Query(request).finish()));
  if (route.body == Body::none || (route.body == Body::optional && !has_body)) return std::nullopt;
  if (media_type(request.header("Content-Type").value_or("")) != "application/json") {
    return to_response(Problem{415, "media-type-unsupported", "Send the body as application/json.", {}});
  }
  if (media_type(request.header("Content-Encoding").value_or("identity")) != "identity") {
    return to_response(Problem{415, "encoding-unsupported", "Send the body as it is, without Content-Encoding.", {}});
  }
  return std::nullopt;
}

Way way_of(const http::Request& request, const Options& options, bool has_body) {
  Way way{identify(options, request.peer), {}, std::nullopt};
  if (way.caller.role == Role::none) {
    way.refusal = forbidden(way.caller, Role::read);
    return way;
  }
  way.found = find_route(request.method, request.segments);
  const Route* const route = way.found.route;
  if (way.found.methods.empty()) {
    way.refusal = to_response(Problem{404, "path-unknown", "There is nothing at this path.", {}});
  } else if (route == nullptr) {
    way.refusal = wrong_method(request, way.found);
  } else if (way.caller.role < route->role) {
    way.refusal = forbidden(way.caller, route->role);
  } else {
    way.refusal = obstacle(request, *route, has_body);
  }
  return way;
}

}  // namespace

Api::Api(Options options, const clinic::Options& clinic_options, gateway::Gateway& gateway)
    : x_options(std::move(options)), x_desk(clinic_options, gateway) {}

async::Task<http::Response> Api::answer(http::Request request) {
  Way way = way_of(request, x_options, !request.body.empty());
  if (way.refusal) co_return std::move(*way.refusal);
  const Call call{request, way.caller, std::move(way.found.arguments)};
  co_return co_await way.found.route->answer(x_desk, call);
}

std::optional<http::Response> Api::screen(const http::Request& request) {
  return way_of(request, x_options, true).refusal;
}

http::Response Api::refuse(int status, std::string code, std::string detail) {
  return to_response(Problem{status, std::move(code), std::move(detail), {}});
}

}  // namespace burstd::api
