#include <algorithm>
#include <limits>

#include "api/body.hpp"
#include "api/endpoints.hpp"
#include "api/paging.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace {

constexpr std::size_t large_answer = 1000;  // rows

// An unknown template or group is a fault of the request here, not of the path.
http::Response refuse_preview(const base::Error& error) {
  Problem problem = problem_of(error);
  const bool of_group = error.code.starts_with("group-");
  if (error.code != "template-unknown" && !of_group) return to_response(problem);
  problem.status = 422;
  problem.errors.add(of_group ? "/group" : "/template", error.sentence);
  return to_response(problem);
}

void name_unknown(Faults& faults, const char* list, const std::optional<std::vector<int>>& rows, int last) {
  for (std::size_t at = 0; rows && at < rows->size(); ++at) {
    if (rows->at(at) > last) faults.add(step(list), std::to_string(at), "is no row of this burst");
  }
}

// Every row that the burst does not have, with its place in the request.
http::Response refuse_rows(const base::Error& error, const clinic::Selection& selection, int last) {
  Problem problem = problem_of(error);
  name_unknown(problem.errors, "select", selection.select, last);
  name_unknown(problem.errors, "deselect", selection.deselect, last);
  return to_response(problem);
}

}  // namespace

Answer preview_burst(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_burst);
  if (given.refusal) co_return std::move(*given.refusal);
  const auto burst = co_await desk.bursts.preview(call.caller.name, std::move(given.value));
  if (!burst) co_return refuse_preview(burst.error());
  http::Response response = answer(burst->replayed ? 200 : 201, render(*burst));
  response.headers.emplace_back("Location", "/v1/batches/" + burst->batch.id);
  if (burst->replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
  co_return response;
}

Answer list_bursts(Desk& desk, const Call& call) {
  Query query(call.request);
  Paging paging = read_paging(query, Track::batches, desk.epoch());
  if (paging.refusal) co_return std::move(*paging.refusal);
  const auto page = co_await desk.bursts.list(paging.position(), paging.limit);
  if (!page) co_return refuse(page.error());
  const auto place = [](const clinic::Burst& burst) { return Cursor{Track::batches, burst.batch.key}; };
  co_return answer(200, listed(*page, desk.epoch(), place));
}

Answer get_burst(Desk& desk, const Call& call) {
  const auto burst = co_await desk.bursts.find(call.arguments.at(0));
  if (!burst) co_return refuse(burst.error());
  co_return answer(200, render(*burst));
}

Answer list_rows(Desk& desk, const Call& call) {
  Query query(call.request);
  Paging paging = read_paging(query, Track::rows, desk.epoch());
  if (paging.refusal) co_return std::move(*paging.refusal);
  constexpr std::int64_t beyond = std::numeric_limits<int>::max();
  const int after = static_cast<int>(std::min(paging.position().value_or(0), beyond));
  const auto page = co_await desk.bursts.rows(call.arguments.at(0), after, paging.limit);
  if (!page) co_return refuse(page.error());
  const auto place = [](const store::BatchLine& row) { return Cursor{Track::rows, row.row}; };
  co_return answer(200, listed(*page, desk.epoch(), place));
}

Answer send_burst(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_selection);
  if (given.refusal) co_return std::move(*given.refusal);
  const clinic::Selection& selection = given.value;
  const auto sent = co_await desk.bursts.send(call.caller.name, call.arguments.at(0), selection);
  if (!sent && sent.error().code == "row-unknown") {
    const auto burst = co_await desk.bursts.find(call.arguments.at(0));
    co_return refuse_rows(sent.error(), selection, burst ? burst->totals.rows : 0);
  }
  if (!sent) co_return refuse(sent.error());
  const auto rendering = [&] { return answer(202, render(*sent)); };
  if (sent->accepted.size() + sent->refused.size() <= large_answer) co_return rendering();
  co_return co_await desk.aside.run(rendering);
}

Answer cancel_burst(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_withdrawal);
  if (given.refusal) co_return std::move(*given.refusal);
  given.value.client = call.caller.name;
  const auto burst = co_await desk.bursts.cancel(call.arguments.at(0), std::move(given.value));
  if (!burst) co_return refuse(burst.error());
  co_return answer(200, render(*burst));
}

}  // namespace burstd::api
