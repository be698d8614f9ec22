#include <limits>

#include "api/body.hpp"
#include "api/endpoints.hpp"
#include "api/json.hpp"
#include "api/paging.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace json = boost::json;

namespace {

struct Acknowledgement {
  std::string user;
};

Reading<Acknowledgement> read_acknowledgement(const json::value& body, const clinic::Options&) {
  Reading<Acknowledgement> reading;
  Form form(body, "", reading.faults);
  reading.value.user = form.required_text("user", {1, 200});
  form.finish();
  return reading;
}

json::array rendered(const std::vector<store::Answered>& matches) {
  json::array all;
  for (const store::Answered& match : matches) {
    all.push_back(json::object{{"message", match.id},
                               {"patient", or_null(match.patient)},
                               {"patient_name", or_null(match.patient_name)},
                               {"context", or_null(match.context)}});
  }
  return all;
}

}  // namespace

json::object render(const store::Reply& reply) {
  return {{"id", reply.id},
          {"from", reply.sender},
          {"text", reply.text},
          {"text_removed_at", or_null(reply.text_removed_at)},
          {"received_at", base::to_rfc3339(reply.received_at)},
          {"service_centre_at", or_null(reply.service_centre_at)},
          {"modem", reply.modem},
          {"sim", reply.sim},
          {"parts", reply.total},
          {"complete", reply.complete},
          {"class", message::to_string(reply.meaning)},
          {"matches", rendered(reply.matches)},
          {"ambiguous", reply.ambiguous},
          {"in_window", reply.in_window},
          {"ordinal", or_null(reply.ordinal)},
          {"acknowledged_at", or_null(reply.acknowledged_at)},
          {"acknowledged_by", or_null(reply.acknowledged_by)},
          {"change_seq", reply.change_seq}};
}

// Newest first, or by change for a poller: a cursor goes on in the order of the page it came from.
Answer list_inbox(Desk& desk, const Call& call) {
  Query query(call.request);
  store::InboxFilter filter;
  filter.after = query.number("after", 0, std::numeric_limits<std::int64_t>::max());
  filter.unacknowledged = query.flag("unacknowledged");
  const Track track = filter.after ? Track::reply_changes : Track::replies;
  Paging paging = read_paging(query, track, desk.epoch());
  if (paging.refusal) co_return std::move(*paging.refusal);
  filter.limit = paging.limit;
  if (paging.cursor) (filter.after ? filter.after : filter.before) = paging.cursor->position;
  const auto page = co_await desk.inbox.list(filter);
  if (!page) co_return refuse(page.error());
  const auto place = [track](const store::Reply& reply) {
    return Cursor{track, track == Track::replies ? reply.key : reply.change_seq};
  };
  co_return answer(200, listed(*page, desk.epoch(), place));
}

Answer get_reply(Desk& desk, const Call& call) {
  const auto reply = co_await desk.inbox.find(call.arguments.at(0));
  if (!reply) co_return refuse(reply.error());
  co_return answer(200, render(*reply));
}

Answer acknowledge_reply(Desk& desk, const Call& call) {
  auto given = co_await read_body(desk, call, read_acknowledgement);
  if (given.refusal) co_return std::move(*given.refusal);
  clinic::Hand hand = call.hand(std::move(given.value.user));
  const auto reply = co_await desk.inbox.acknowledge(call.arguments.at(0), std::move(hand));
  if (!reply) co_return refuse(reply.error());
  co_return answer(200, render(*reply));
}

}  // namespace burstd::api
