#include "api/body.hpp"
#include "api/endpoints.hpp"
#include "api/json.hpp"
#include "api/members.hpp"
#include "api/paging.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace json = boost::json;

namespace {

constexpr Length reason_length{1, 500};

Reading<clinic::Deed> read_deed(const json::value& body, const clinic::Options&) {
  Reading<clinic::Deed> reading;
  Form form(body, "", reading.faults);
  reading.value.hand.user = read_words(form, "user", {1, 200});
  reading.value.reason = read_words(form, "reason", reason_length);
  form.finish();
  return reading;
}

void put_caller(clinic::Deed& deed, const Call& call) {
  deed.hand = call.hand(std::move(deed.hand.user));
  deed.as_admin = call.caller.role >= Role::admin;
}

json::array rendered(const std::vector<store::OptOut>& rows) {
  json::array all;
  for (const store::OptOut& row : rows) all.push_back(api::render(row));
  return all;
}

}  // namespace

json::object render(const store::OptOut& row) {
  return {{"number", row.number},
          {"opted_out", row.blocked},
          {"event", row.event},
          {"since", base::to_rfc3339(row.at)},
          {"by", store::by_patient(row) ? "patient" : "staff"},
          {"reply", or_null(row.reply_id)},
          {"client", or_null(row.client)},
          {"uid", or_null(row.uid)},
          {"user", or_null(row.user)},
          {"reason", or_null(row.reason)},
          {"change_seq", row.change_seq}};
}

Answer list_opt_outs(Desk& desk, const Call& call) {
  Query query(call.request);
  Paging paging = read_paging(query, Track::opt_outs, desk.epoch());
  if (paging.refusal) co_return std::move(*paging.refusal);
  const auto page = co_await desk.opt_outs.list(paging.position(), paging.limit);
  if (!page) co_return refuse(page.error());
  const auto place = [](const store::OptOut& row) { return Cursor{Track::opt_outs, row.key}; };
  co_return answer(200, listed(*page, desk.epoch(), place));
}

// What decides comes first; what else blocks the number is in the history, too.
Answer get_opt_out(Desk& desk, const Call& call) {
  const auto found = co_await desk.opt_outs.find(call.arguments.at(0));
  if (!found) co_return refuse(found.error());
  json::object body = render(found->standing.front());
  body["history"] = rendered(found->history);
  co_return answer(200, body);
}

Answer get_opt_out_history(Desk& desk, const Call& call) {
  const auto found = co_await desk.opt_outs.history(call.arguments.at(0));
  if (!found) co_return refuse(found.error());
  const json::object body{
      {"number", found->number}, {"opted_out", !found->standing.empty()}, {"items", rendered(found->history)}};
  co_return answer(200, body);
}

Answer put_opt_out(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_deed);
  if (given.refusal) co_return std::move(*given.refusal);
  put_caller(given.value, call);
  const std::string& number = call.arguments.at(0);
  const auto put = co_await desk.opt_outs.block(number, std::move(given.value));
  if (!put) co_return refuse(put.error());
  co_return answer(put->created ? 201 : 200, render(put->row));
}

Answer lift_opt_out(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_deed);
  if (given.refusal) co_return std::move(*given.refusal);
  put_caller(given.value, call);
  const std::string& number = call.arguments.at(0);
  const auto lifted = co_await desk.opt_outs.lift(number, std::move(given.value));
  if (!lifted) co_return refuse(lifted.error());
  co_return answer(200, render(*lifted));
}

}  // namespace burstd::api
