#include "clinic/clock.hpp"
#include "api/body.hpp"
#include "api/endpoints.hpp"
#include "api/json.hpp"

namespace burstd::api {

Answer trust_clock(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_vouching);
  if (given.refusal) co_return std::move(*given.refusal);
  clinic::Hand hand = call.hand(std::move(given.value.hand.user));
  const auto trusted = co_await clinic::trust_clock(desk.gateway, std::move(hand), std::move(given.value.reason));
  if (!trusted) co_return refuse(trusted.error());
  const boost::json::object body{{"now", base::to_rfc3339(trusted->now)},
                                 {"jumped_seconds", std::chrono::round<std::chrono::seconds>(trusted->jumped).count()}};
  co_return answer(200, body);
}

}  // namespace burstd::api
