#include <algorithm>
#include <limits>

#include "api/endpoints.hpp"
#include "api/json.hpp"
#include "api/paging.hpp"
#include "api/render.hpp"

namespace burstd::api {

namespace {

namespace json = boost::json;

void read_states(Query& query, clinic::Search& search) {
  const auto given = query.text("state");
  if (!given) return;
  for (std::string_view rest = *given;;) {
    const auto comma = std::min(rest.find(','), rest.size());
    const std::string word(rest.substr(0, comma));
    if (word != "held" && !message::state_from(word)) query.fault("state", "must be a state, or several with commas");
    search.states.push_back(word);
    if (comma == rest.size()) return;
    rest.remove_prefix(comma + 1);
  }
}

void read_status(Query& query, clinic::Search& search) {
  const auto given = query.text("status");
  if (!given) return;
  search.status = message::status_from(*given);
  if (!search.status) query.fault("status", "must be Pending, Sent Successfully or Send Failed");
}

// The plus sign of "+41…" comes as a blank when it was not written as %2B.
std::optional<std::string> read_number(Query& query) {
  auto number = query.text("number");
  if (number && number->starts_with(' ')) number->front() = '+';
  return number;
}

// Of the whole list or, with `call_list`, of whom somebody should call.
struct Asked {
  clinic::Search search;
  std::optional<clinic::Calling> calling;
  Paging paging;
};

std::optional<clinic::Calling> read_calling(Query& query) {
  const bool wanted = query.flag("call_list");
  const auto noted = query.text("noted");
  if (noted && *noted != "true" && *noted != "false") query.fault("noted", "must be true or false");
  if (noted && !wanted) query.fault("noted", "is only for the call list; add call_list=true");
  if (!wanted) return std::nullopt;
  clinic::Calling calling;
  if (noted) calling.noted = *noted == "true";
  return calling;
}

void check_company(Query& query, const Asked& asked) {
  const clinic::Search& search = asked.search;
  const bool of_a_kind = search.status || !search.states.empty();
  if (search.changed_after && of_a_kind) {
    query.fault("changed_after", "takes no status or state beside it: a poller would miss changes");
  }
  if (asked.calling && (of_a_kind || search.changed_after)) {
    query.fault("call_list", "takes no status, state or changed_after beside it");
  }
}

void go_on(Asked& asked) {
  const auto& cursor = asked.paging.cursor;
  if (cursor && cursor->track == Track::calls) {
    asked.calling->after = cursor->position;
    asked.calling->at = cursor->at;
  }
  if (cursor && cursor->track == Track::changes) asked.search.changed_after = cursor->position;
  if (cursor && cursor->track == Track::items) asked.search.before = cursor->position;
}

Asked read_search(const http::Request& request, std::string_view epoch) {
  Asked asked;
  Query query(request);
  clinic::Search& search = asked.search;
  search.patient = query.text("patient");
  search.number = read_number(query);
  search.batch = query.text("batch");
  search.category = query.text("category");
  search.client_ref = query.text("client_ref");
  search.from = query.time("from");
  search.to = query.time("to");
  read_status(query, search);
  read_states(query, search);
  search.changed_after = query.number("changed_after", 0, std::numeric_limits<std::int64_t>::max());
  asked.calling = read_calling(query);
  const auto track = asked.calling ? Track::calls : search.changed_after ? Track::changes : Track::items;
  check_company(query, asked);
  asked.paging = read_paging(query, track, epoch);
  search.limit = asked.paging.limit;
  go_on(asked);
  return asked;
}

Cursor place_after(const clinic::Item& item, const Asked& asked, base::Time at) {
  if (asked.calling) return Cursor{Track::calls, item.message.key, at};
  if (asked.search.changed_after) return Cursor{Track::changes, item.progress.change_seq};
  return Cursor{Track::items, item.message.key};
}

async::Task<base::Result<clinic::ItemPage>> looked_up(Desk& desk, const Asked& asked) {
  if (asked.calling) co_return co_await desk.items.call_list(asked.search, *asked.calling);
  co_return co_await desk.items.list(asked.search);
}

}  // namespace

Answer list_items(Desk& desk, const Call& call) {
  Asked asked = read_search(call.request, desk.epoch());
  if (asked.paging.refusal) co_return std::move(*asked.paging.refusal);
  const auto page = co_await looked_up(desk, asked);
  if (!page) co_return refuse(page.error());
  const auto place = [&](const clinic::Item& item) { return place_after(item, asked, page->at); };
  co_return answer(200, listed(*page, desk.epoch(), place));
}

Answer get_item(Desk& desk, const Call& call) {
  const auto item = co_await desk.items.find(call.arguments.at(0));
  if (!item) co_return refuse(item.error());
  co_return answer(200, render(*item));
}

}  // namespace burstd::api
