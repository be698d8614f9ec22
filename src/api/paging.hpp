// Where a list begins and how much of it is asked for. The listing endpoints use it; what the list holds is not
// known here.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "api/cursor.hpp"
#include "api/form.hpp"

namespace burstd::api {

struct Paging {
  std::size_t limit = 100;
  std::optional<Cursor> cursor;
  std::optional<base::Error> resync;  // the cursor is of another record
};

// Reads "limit" and "cursor"; a cursor of another kind of list is a fault.
Paging read_paging(Query& query, std::initializer_list<Track> tracks, std::string_view epoch);

}  // namespace burstd::api
