// Where a list begins, how much of it is asked for, and how its page is answered: the same for every list. Which
// entries come, and in what order, clinic says.
#pragma once

#include <optional>
#include <string_view>

#include "api/cursor.hpp"
#include "api/form.hpp"
#include "api/json.hpp"
#include "api/render.hpp"
#include "clinic/page.hpp"

namespace burstd::api {

struct Paging {
  std::size_t limit = 100;
  std::optional<Cursor> cursor;
  std::optional<http::Response> refusal;  // the query cannot be answered

  std::optional<std::int64_t> position() const { return cursor ? std::optional(cursor->position) : std::nullopt; }
  std::string name() const { return cursor ? cursor->name : std::string(); }
};

// Reads "limit" and "cursor" and ends the query, of which all else has been read. A cursor of another kind of list is a
// fault.
Paging read_paging(Query& query, Track track, std::string_view epoch);

// `place` says where the list goes on after an entry.
template <class Row, class Place>
boost::json::object listed(const clinic::Page<Row>& page, std::string_view epoch, Place place) {
  boost::json::array items;
  for (const Row& row : page.items) items.push_back(render(row));
  std::optional<std::string> next;
  if (page.more) next = write_cursor(place(page.items.back()), epoch);
  return {{"items", std::move(items)}, {"next", or_null(next)}, {"last_seq", page.last_seq}, {"epoch", epoch}};
}

}  // namespace burstd::api
