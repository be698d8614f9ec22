#include "api/body.hpp"
#include "api/endpoints.hpp"
#include "api/json.hpp"
#include "api/problem.hpp"

namespace burstd::api {

namespace json = boost::json;

namespace {

json::array array_of(const std::vector<std::string>& keys) {
  json::array all;
  for (const std::string& key : keys) all.emplace_back(key);
  return all;
}

json::array array_of(const Faults& warnings) {
  json::array all;
  for (const Fault& fault : warnings.told()) all.push_back({{"place", fault.pointer}, {"detail", fault.detail}});
  return all;
}

http::Response unsound(Faults complaints) {
  return to_response(Problem{422, "configuration-unsound",
                             "The configuration has mistakes; nothing was changed and the former one stays in force.",
                             std::move(complaints)});
}

}  // namespace

Answer reload(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_hand);
  if (given.refusal) co_return std::move(*given.refusal);
  clinic::Hand hand = call.hand(std::move(given.value.user));
  auto reloading = desk.premises.reloading(std::move(hand));
  Reloaded done = co_await std::move(reloading);
  if (!done.complaints.empty()) co_return unsound(std::move(done.complaints));
  const json::object body{{"taken_up", array_of(done.taken_up)},
                          {"for_restart", array_of(done.for_restart)},
                          {"warnings", array_of(done.warnings)}};
  co_return answer(200, body);
}

}  // namespace burstd::api
