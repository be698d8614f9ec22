#include "api/endpoints.hpp"
#include "api/form.hpp"
#include "api/json.hpp"
#include "api/openapi.hpp"
#include "api/problem.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace {

namespace json = boost::json;

constexpr int api_version = 1;
constexpr std::int64_t most_segments = 1'000'000;  // that are asked for

json::array sims_of(const std::vector<clinic::KeptModem>& modems) {
  json::array sims;
  for (const clinic::KeptModem& kept : modems) {
    if (!kept.left) continue;
    sims.push_back(json::object{{"modem", kept.status.name}, {"quota_left", api::render(kept.left)}});
  }
  return sims;
}

json::value held_of(const gateway::Gateway& gateway) {
  const auto& restoration = gateway.restoration();
  return restoration ? json::value(api::render(*restoration)) : json::value(nullptr);
}

std::string_view word_of(store::Room room) {
  if (room == store::Room::full) return "full";
  return room == store::Room::low ? "low" : "ample";
}

json::object disk_of(const store::Disk& disk) {
  return {{"room", word_of(disk.room())}, {"free", disk.free()}, {"sentence", or_null(disk.sentence())}};
}

}  // namespace

Answer get_openapi(Desk&, const Call&) {
  http::Response response;
  response.content_type = "application/json";
  response.body = openapi();
  co_return response;
}

Answer get_version(Desk& desk, const Call&) {
  const json::object body{{"name", "burstd"},       {"version", BURSTD_VERSION}, {"api_min", api_version},
                          {"api_max", api_version}, {"epoch", desk.epoch()},     {"timezone", desk.options.timezone}};
  co_return answer(200, body);
}

Answer get_quota(Desk& desk, const Call& call) {
  Query query(call.request);
  const auto segments = query.number("segments", 0, most_segments);
  if (Faults faults = query.finish(); !faults.empty()) co_return to_response(malformed(std::move(faults)));
  const clinic::Allowed allowed = co_await desk.bursts.quota(segments.value_or(0));
  const burst::Quota& quota = allowed.quota;
  const auto modems = co_await desk.modems.all();
  const json::object body{{"light", burst::to_string(burst::light(quota))},
                          {"available", or_null(quota.available)},
                          {"needed", quota.needed},
                          {"margin", quota.margin},
                          {"limited_by", or_null(quota.limited_by)},
                          {"new_recipients", or_null(allowed.new_recipients)},
                          {"sims", sims_of(modems)}};
  co_return answer(200, body);
}

Answer get_status(Desk& desk, const Call&) {
  const store::Depth depth = co_await desk.items.depth();
  const auto oldest_reply = co_await desk.inbox.oldest_unacknowledged();
  const auto modems = co_await desk.modems.all();
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
                          {"held", held_of(desk.gateway)},
                          {"record", {{"sentence", or_null(activity.record)}}},
                          {"disk", disk_of(desk.gateway.writer().disk())},
                          {"oldest_unacknowledged_reply", or_null(oldest_reply)},
                          {"modems", std::move(rendered)}};
  co_return answer(200, body);
}

}  // namespace burstd::api
