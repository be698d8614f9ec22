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
  Paging paging = read_paging(query, Track::audit, desk.epoch());
  if (paging.refusal) co_return std::move(*paging.refusal);
  const auto page = co_await desk.audit.list(paging.position(), paging.limit);
  if (!page) co_return refuse(page.error());
  const auto place = [](const store::AuditRow& row) { return Cursor{Track::audit, row.key}; };
  co_return answer(200, listed(*page, desk.epoch(), place));
}

}  // namespace burstd::api
