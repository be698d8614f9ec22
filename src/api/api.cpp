#include "api/api.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <exception>
#include <span>

#include "api/form.hpp"
#include "api/routes.hpp"
#include "async/scope.hpp"

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
constexpr std::array<std::string_view, 3> plain_answers{"text/plain", "text/*", "*/*"};
constexpr std::array<std::string_view, 4> copied_answers{"application/vnd.sqlite3", "application/json", "application/*",
                                                         "*/*"};

// By Speaks.
struct Tongue {
  std::string_view name;
  std::span<const std::string_view> ranges;
};
constexpr std::array<Tongue, 4> tongues{{{"application/json", whole_answers},
                                         {"application/json or text/event-stream", streamed_answers},
                                         {"text/plain", plain_answers},
                                         {"application/vnd.sqlite3", copied_answers}}};

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

// "has no role and needs 'send'"
std::string lack_of(const Caller& caller, Role needed) {
  const std::string has = caller.role == Role::none ? "no role" : "the role " + std::string(to_string(caller.role));
  return "has " + has + " and needs '" + std::string(to_string(needed)) + "'";
}

http::Response forbidden(const Caller& caller, Role needed) {
  return to_response(Problem{403,
                             "forbidden",
                             "The client '" + caller.name + "' " + lack_of(caller, needed) +
                                 "; an administrator gives roles to users and groups.",
                             {}});
}

// Of a refusal that an endpoint has written; its sentences name no patient's number.
std::string detail_of(const http::Response& refusal) {
  boost::system::error_code broken;
  const boost::json::value problem = boost::json::parse(refusal.body, broken);
  const boost::json::value* const detail = problem.is_object() ? problem.get_object().if_contains("detail") : nullptr;
  return detail != nullptr && detail->is_string() ? std::string(detail->get_string()) : "was refused";
}

}  // namespace

// A request on its way to the function that answers it.
struct Api::Way {
  Caller caller;
  Found found;
  std::optional<http::Response> refusal;
  std::optional<Role> lacks = {};  // then it is refused for that
};

namespace {

// "POST /v1/modems/{name}/pause"
std::string name_of(const Found& found) {
  if (found.route == nullptr) return "a path that is not known";
  return std::string(found.route->method) + " " + std::string(found.route->pattern);
}

// A patient's number is no subject of the audit, and neither is what is longer than any name.
std::optional<std::string> subject_of(const Found& found) {
  constexpr std::size_t longest = 64;
  if (found.arguments.empty() || found.arguments.front().size() > longest) return std::nullopt;
  if (found.route->pattern.find("{number}") != std::string_view::npos) return std::nullopt;
  return found.arguments.front();
}

// What stands in the way of calling the route at all; nothing when it may be called.
std::optional<http::Response> obstacle(const http::Request& request, const Route& route, bool has_body) {
  const Tongue& tongue = tongues.at(static_cast<std::size_t>(route.speaks));
  if (!accepts(request, tongue.ranges)) {
    return to_response(
        Problem{406, "not-acceptable", "Answers are " + std::string(tongue.name) + "; accept that.", {}});
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

}  // namespace

Api::Api(Options options, const clinic::Options& clinic_options, gateway::Gateway& gateway)
    : x_options(std::move(options)), x_premises(gateway) {
  x_desks.emplace_back(clinic_options, x_premises);
}

void Api::retune(Options options, const clinic::Options& clinic_options) {
  x_options = std::move(options);
  x_desks.emplace_back(clinic_options, x_premises);
  x_premises.feed.dismiss();
}

Api::Way Api::way_of(const http::Request& request, bool has_body) const {
  Way way{identify(x_options, request.peer), find_route(request.method, request.segments), std::nullopt};
  const Route* const route = way.found.route;
  const Role needed = route == nullptr ? Role::read : route->role;
  if (way.caller.role == Role::none || (route != nullptr && way.caller.role < needed)) {
    way.lacks = needed;
    way.refusal = forbidden(way.caller, needed);
  } else if (way.found.methods.empty()) {
    way.refusal = to_response(Problem{404, "path-unknown", "There is nothing at this path.", {}});
  } else if (route == nullptr) {
    way.refusal = wrong_method(request, way.found);
  } else {
    way.refusal = obstacle(request, *route, has_body);
  }
  return way;
}

async::Task<http::Response> Api::answer(http::Request request) {
  Way way = way_of(request, !request.body.empty());
  if (way.refusal) co_return turned_away(request, way);
  const Call call{request, way.caller, way.found.arguments, name_of(way.found)};
  http::Response response = co_await way.found.route->answer(x_desks.back(), call);
  x_premises.traffic.note(way.found.route->method, way.found.route->pattern, response.status);
  if (response.status == 403) note_refusal(request, way, detail_of(response));
  co_return response;
}

std::optional<http::Response> Api::screen(const http::Request& request) {
  Way way = way_of(request, true);
  if (!way.refusal) return std::nullopt;
  return turned_away(request, way);
}

http::Response Api::turned_away(const http::Request& request, Way& way) {
  if (way.lacks) note_refusal(request, way, lack_of(way.caller, *way.lacks));
  const Route* const route = way.found.route;
  x_premises.traffic.note(route == nullptr ? "" : route->method, route == nullptr ? "" : route->pattern,
                          way.refusal->status);
  return std::move(*way.refusal);
}

void Api::note_refusal(const http::Request& request, const Way& way, std::string why) {
  const clinic::Origin origin{request.peer.uid, name_of(way.found)};
  x_premises.audit.refuse(clinic::Refusal{way.caller.name, origin, subject_of(way.found), std::move(why)});
}

async::Task<> Api::run() {
  async::Scope parts(co_await async::this_executor());
  parts.spawn(part(x_premises.feed.run()));
  parts.spawn(part(x_premises.audit.run()));
  parts.spawn(part(x_premises.watchman.run()));
  co_await parts.join();
}

// Neither goes on without the other.
async::Task<> Api::part(async::Task<> duty) {
  std::exception_ptr failure;
  try {
    co_await std::move(duty);
  } catch (...) {
    failure = std::current_exception();
  }
  stopping();
  if (failure) std::rethrow_exception(failure);
}

void Api::stopping() {
  x_premises.feed.stop();
  x_premises.audit.stop();
  x_premises.watchman.stop();
}

http::Response Api::refuse(int status, std::string code, std::string detail) {
  x_premises.traffic.note("", "", status);
  return to_response(Problem{status, std::move(code), std::move(detail), {}});
}

}  // namespace burstd::api
