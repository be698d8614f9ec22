#include "api/paging.hpp"

#include <algorithm>

namespace burstd::api {

Paging read_paging(Query& query, std::initializer_list<Track> tracks, std::string_view epoch) {
  constexpr std::int64_t usual = 100, most = 500;
  Paging paging;
  paging.limit = static_cast<std::size_t>(query.number("limit", 1, most).value_or(usual));
  const auto text = query.text("cursor");
  if (!text) return paging;
  const auto cursor = read_cursor(*text, epoch);
  if (cursor && std::ranges::find(tracks, cursor->track) != tracks.end()) {
    paging.cursor = *cursor;
  } else if (!cursor && cursor.error().code == "resync") {
    paging.resync = cursor.error();
  } else {
    query.fault("cursor", "must be what an earlier page of this list gave as \"next\", unchanged");
  }
  return paging;
}

}  // namespace burstd::api
