#include "api/endpoints.hpp"
#include "api/json.hpp"
#include "api/paging.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace json = boost::json;

json::object render(const store::AuditRow& row) {
  return {{"at", base::to_rfc3339(row.at)},
          {"uid", or_null(row.uid)},
          {"client", row.client},
          {"user", or_null(row.user)},
          {"route", row.route},
          {"subject", or_null(row.subject)},
          {"event", row.event},
          {"change", or_null(row.change)},
          {"times", row.times},
          {"change_seq", row.change_seq}};
}

Answer list_audit(Desk& desk, const Call& call) {
  Query query(call.request);
  const Paging paging = read_paging(query, {Track::audit}, desk.epoch());
  if (Faults faults = query.finish(); !faults.empty()) co_return to_response(malformed(std::move(faults)));
  if (paging.resync) co_return refuse(*paging.resync);
  const auto before = paging.cursor ? std::optional{paging.cursor->position} : std::nullopt;
  const auto page = co_await desk.audit.list(before, paging.limit);
  if (!page) co_return refuse(page.error());
  Listing listing;
  for (const store::AuditRow& row : page->rows) listing.items.push_back(render(row));
  if (page->more) listing.next = write_cursor({Track::audit, page->rows.back().key}, desk.epoch());
  listing.last_seq = page->last_seq;
  listing.epoch = desk.epoch();
  co_return answer(200, render(std::move(listing)));
}

}  // namespace burstd::api
