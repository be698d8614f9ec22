#include "api/body.hpp"
#include "api/endpoints.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace {

namespace json = boost::json;

json::object rendered(const burst::Looked& looked, const std::vector<burst::Flag>& flags, const std::string& typed) {
  return {{"to", looked.number.empty() ? typed : looked.number},
          {"number_kind", or_null(looked.number_kind)},
          {"encoding", or_null(looked.encoding)},
          {"segments", looked.segments},
          {"units_used", looked.units_used},
          {"units_left", looked.units_left},
          {"verdict", burst::to_string(looked.verdict)},
          {"flags", api::render(flags)}};
}

// A message that is new, or was before.
http::Response created(const base::Result<clinic::Accepted>& accepted) {
  if (!accepted) return refuse(accepted.error());
  json::object body = api::render(accepted->item);
  body["opens_at"] = or_null(accepted->opens_at);
  http::Response response = answer(accepted->replayed ? 200 : 201, body);
  response.headers.emplace_back("Location", "/v1/messages/" + accepted->item.message.id);
  if (accepted->replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
  return response;
}

}  // namespace

Answer check_message(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_check);
  if (given.refusal) co_return std::move(*given.refusal);
  const CheckDraft& draft = given.value;
  const burst::Looked looked = co_await desk.messages.check(draft.to, draft.text);
  json::object body = rendered(looked, desk.messages.flags(looked, draft.text, draft.category), draft.to);
  body["opens_at"] = or_null(desk.messages.opens_at(draft.category, async::now().wall));
  co_return answer(200, body);
}

Answer submit_message(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_message);
  if (given.refusal) co_return std::move(*given.refusal);
  co_return created(co_await desk.messages.submit(call.caller.name, std::move(given.value)));
}

Answer resend_message(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_again);
  if (given.refusal) co_return std::move(*given.refusal);
  given.value.client = call.caller.name;
  co_return created(co_await desk.messages.resend(call.arguments.at(0), std::move(given.value)));
}

Answer get_message(Desk& desk, const Call& call) {
  const auto detail = co_await desk.items.detail(call.arguments.at(0));
  if (!detail) co_return refuse(detail.error());
  co_return answer(200, render(*detail));
}

Answer cancel_message(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_withdrawal);
  if (given.refusal) co_return std::move(*given.refusal);
  given.value.client = call.caller.name;
  const auto cancelled = co_await desk.messages.cancel(call.arguments.at(0), std::move(given.value));
  if (!cancelled) co_return refuse(cancelled.error());
  co_return answer(200, render(*cancelled));
}

Answer resolve_message(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_word);
  if (given.refusal) co_return std::move(*given.refusal);
  given.value.client = call.caller.name;
  given.value.origin = call.origin();
  const auto resolved = co_await desk.messages.resolve(call.arguments.at(0), std::move(given.value));
  if (!resolved) co_return refuse(resolved.error());
  co_return answer(200, render(*resolved));
}

Answer annotate_message(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_remark);
  if (given.refusal) co_return std::move(*given.refusal);
  given.value.client = call.caller.name;
  const auto noted = co_await desk.messages.annotate(call.arguments.at(0), std::move(given.value));
  if (!noted) co_return refuse(noted.error());
  co_return answer(200, render(*noted));
}

}  // namespace burstd::api
