// Lists of the gateway, page after page, until enough entries are there or the list ends.
// Used by every command that lists; never keeps a cursor beyond one run.
#pragma once

#include <boost/json/array.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct Pages {
  boost::json::array items;
  bool more = false;          // the list goes on
  std::int64_t last_seq = 0;  // the newest change when the first page was read
};

inline constexpr std::size_t page_limit = 500;  // the gateway's own

// With --json each page is printed as it came and `items` stays empty.
Or<Pages> fetch_pages(const Session& session, const std::string& path, Query query, std::size_t most);

}  // namespace burstd::ctl
