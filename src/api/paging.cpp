#include "api/paging.hpp"

namespace burstd::api {

Paging read_paging(Query& query, Track track, std::string_view epoch) {
  constexpr std::int64_t usual = 100, most = 500;
  Paging paging;
  std::optional<base::Error> of_another_record;
  paging.limit = static_cast<std::size_t>(query.number("limit", 1, most).value_or(usual));
  if (const auto text = query.text("cursor")) {
    const auto cursor = read_cursor(*text, epoch);
    if (cursor && cursor->track == track) {
      paging.cursor = *cursor;
    } else if (!cursor && cursor.error().code == "resync") {
      of_another_record = cursor.error();
    } else {
      query.fault("cursor", "must be what an earlier page of this list gave as \"next\", unchanged");
    }
  }
  if (Faults faults = query.finish(); !faults.empty()) {
    paging.refusal = to_response(malformed(std::move(faults)));
  } else if (of_another_record) {
    paging.refusal = refuse(*of_another_record);
  }
  return paging;
}

}  // namespace burstd::api
