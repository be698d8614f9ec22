#include "api/endpoints.hpp"
#include "api/json.hpp"
#include "api/render.hpp"
#include "api/requests.hpp"

namespace burstd::api {

namespace {

namespace json = boost::json;

http::Response rendered(const burst::Looked& looked, const std::string& typed) {
  const json::object body{{"to", looked.number.empty() ? typed : looked.number},
                          {"number_kind", or_null(looked.number_kind)},
                          {"encoding", or_null(looked.encoding)},
                          {"segments", looked.segments},
                          {"units_used", looked.units_used},
                          {"units_left", looked.units_left},
                          {"verdict", burst::to_string(looked.verdict)}};
  return answer(200, body);
}

}  // namespace

Answer check_message(Desk& desk, const Call& call) {
  Document body = read_json(call.request.body);
  if (!body.faults.empty()) co_return to_response(malformed(std::move(body.faults)));
  auto reading = read_check(body.value, desk.options);
  if (!reading.faults.empty()) co_return to_response(malformed(std::move(reading.faults)));
  co_return rendered(desk.messages.check(reading.value.to, reading.value.text), reading.value.to);
}

Answer submit_message(Desk& desk, const Call& call) {
  Document body = read_json(call.request.body);
  if (!body.faults.empty()) co_return to_response(malformed(std::move(body.faults)));
  auto reading = read_message(body.value, desk.options);
  if (!reading.faults.empty()) co_return to_response(malformed(std::move(reading.faults)));
  const auto accepted = co_await desk.messages.submit(call.caller.name, std::move(reading.value));
  if (!accepted) co_return refuse(accepted.error());
  http::Response response = answer(accepted->replayed ? 200 : 201, render(accepted->item));
  response.headers.emplace_back("Location", "/v1/messages/" + accepted->item.message.id);
  if (accepted->replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
  co_return response;
}

Answer get_message(Desk& desk, const Call& call) {
  const auto detail = co_await desk.items.detail(call.arguments.at(0));
  if (!detail) co_return refuse(detail.error());
  co_return answer(200, render(*detail));
}

Answer cancel_message(Desk& desk, const Call& call) {
  Document body = read_json(call.request.body.empty() ? "{}" : call.request.body);
  if (!body.faults.empty()) co_return to_response(malformed(std::move(body.faults)));
  auto reading = read_withdrawal(body.value);
  if (!reading.faults.empty()) co_return to_response(malformed(std::move(reading.faults)));
  const auto cancelled = co_await desk.messages.cancel(call.arguments.at(0), std::move(reading.value));
  if (!cancelled) co_return refuse(cancelled.error());
  co_return answer(200, render(*cancelled));
}

}  // namespace burstd::api
