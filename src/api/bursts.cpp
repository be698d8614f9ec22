#include <limits>

#include "api/endpoints.hpp"
#include "api/json.hpp"
#include "api/paging.hpp"
#include "api/render.hpp"
#include "api/requests.hpp"

namespace burstd::api {

namespace {

// An unknown template is a fault of the request here, not of the path.
http::Response refuse_preview(const base::Error& error) {
  Problem problem = problem_of(error);
  if (error.code != "template-unknown") return to_response(problem);
  problem.status = 422;
  problem.errors.push_back(Fault{"/template", error.sentence});
  return to_response(problem);
}

}  // namespace

Answer preview_burst(Desk& desk, const Call& call) {
  Document body = read_json(call.request.body);
  if (!body.faults.empty()) co_return to_response(malformed(std::move(body.faults)));
  auto reading = read_burst(body.value, desk.options);
  if (!reading.faults.empty()) co_return to_response(malformed(std::move(reading.faults)));
  const auto burst = co_await desk.bursts.preview(call.caller.name, std::move(reading.value));
  if (!burst) co_return refuse_preview(burst.error());
  http::Response response = answer(burst->replayed ? 200 : 201, render(*burst));
  response.headers.emplace_back("Location", "/v1/batches/" + burst->batch.id);
  if (burst->replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
  co_return response;
}

Answer list_bursts(Desk& desk, const Call& call) {
  Query query(call.request);
  const Paging paging = read_paging(query, {Track::batches}, desk.epoch());
  if (Faults faults = query.finish(); !faults.empty()) co_return to_response(malformed(std::move(faults)));
  if (paging.resync) co_return refuse(*paging.resync);
  const auto before = paging.cursor ? std::optional{paging.cursor->position} : std::nullopt;
  const auto page = co_await desk.bursts.list(before, paging.limit);
  Listing listing;
  for (const clinic::Burst& burst : page.items) listing.items.push_back(render(burst));
  if (page.more) listing.next = write_cursor({Track::batches, page.items.back().batch.key}, desk.epoch());
  listing.last_seq = page.last_seq;
  listing.epoch = desk.epoch();
  co_return answer(200, render(std::move(listing)));
}

Answer get_burst(Desk& desk, const Call& call) {
  const auto burst = co_await desk.bursts.find(call.arguments.at(0));
  if (!burst) co_return refuse(burst.error());
  co_return answer(200, render(*burst));
}

Answer list_rows(Desk& desk, const Call& call) {
  Query query(call.request);
  const Paging paging = read_paging(query, {Track::rows}, desk.epoch());
  if (Faults faults = query.finish(); !faults.empty()) co_return to_response(malformed(std::move(faults)));
  if (paging.resync) co_return refuse(*paging.resync);
  const int after = paging.cursor ? static_cast<int>(paging.cursor->position) : 0;
  const auto page = co_await desk.bursts.rows(call.arguments.at(0), after, paging.limit);
  if (!page) co_return refuse(page.error());
  Listing listing;
  for (const store::BatchLine& row : page->rows) listing.items.push_back(render(row));
  if (page->more) listing.next = write_cursor({Track::rows, page->rows.back().row}, desk.epoch());
  listing.last_seq = page->last_seq;
  listing.epoch = desk.epoch();
  co_return answer(200, render(std::move(listing)));
}

Answer send_burst(Desk& desk, const Call& call) {
  Document body = read_json(call.request.body.empty() ? "{}" : call.request.body);
  if (!body.faults.empty()) co_return to_response(malformed(std::move(body.faults)));
  auto reading = read_selection(body.value);
  if (!reading.faults.empty()) co_return to_response(malformed(std::move(reading.faults)));
  const auto sent = co_await desk.bursts.send(call.arguments.at(0), std::move(reading.value));
  if (!sent) co_return refuse(sent.error());
  co_return answer(202, render(*sent));
}

Answer cancel_burst(Desk& desk, const Call& call) {
  Document body = read_json(call.request.body.empty() ? "{}" : call.request.body);
  if (!body.faults.empty()) co_return to_response(malformed(std::move(body.faults)));
  auto reading = read_withdrawal(body.value);
  if (!reading.faults.empty()) co_return to_response(malformed(std::move(reading.faults)));
  const auto burst = co_await desk.bursts.cancel(call.arguments.at(0), std::move(reading.value));
  if (!burst) co_return refuse(burst.error());
  co_return answer(200, render(*burst));
}

}  // namespace burstd::api
