#include "api/endpoints.hpp"
#include "api/json.hpp"
#include "api/openapi.hpp"
#include "api/problem.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace {

namespace json = boost::json;

constexpr int api_version = 1;

}  // namespace

Answer get_openapi(Desk&, const Call&) {
  http::Response response;
  response.content_type = "application/json";
  response.body = openapi();
  co_return response;
}

Answer get_version(Desk& desk, const Call&) {
  const json::object body{{"name", "burstd"},
                          {"version", BURSTD_VERSION},
                          {"api_min", api_version},
                          {"api_max", api_version},
                          {"epoch", desk.epoch()}};
  co_return answer(200, body);
}

Answer get_status(Desk& desk, const Call&) {
  const store::Depth depth = co_await desk.items.depth();
  const auto oldest_reply = co_await desk.inbox.oldest_unacknowledged();
  const auto modems = co_await desk.modems.list();
  const gateway::Activity activity = desk.gateway.activity();
  json::array rendered;
  for (const clinic::KeptModem& kept : modems) rendered.push_back(render(kept));
  const json::object body{{"version", BURSTD_VERSION},
                          {"epoch", desk.epoch()},
                          {"queue",
                           {{"queued", depth.waiting},
                            {"sending", depth.sending},
                            {"submitted", depth.submitted},
                            {"oldest_pending_at", or_null(depth.oldest_pending_at)}}},
                          {"sending", activity.sending},
                          {"reason", or_null(activity.reason)},
                          {"clock", {{"trusted", activity.clock.empty()}, {"sentence", or_null(activity.clock)}}},
                          {"oldest_unacknowledged_reply", or_null(oldest_reply)},
                          {"modems", std::move(rendered)}};
  co_return answer(200, body);
}

}  // namespace burstd::api
