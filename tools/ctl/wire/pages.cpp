#include "ctl/wire/pages.hpp"

#include <algorithm>
#include <iterator>

#include "ctl/words/look.hpp"

namespace burstd::ctl {

Or<Pages> fetch_pages(const Session& session, const std::string& path, Query query, std::size_t most) {
  Pages pages;
  std::string cursor;
  for (std::size_t seen = 0; seen < most;) {
    Query page = query;
    page.emplace_back("limit", std::to_string(std::min(page_limit, most - seen)));
    page.emplace_back("cursor", cursor);
    auto reply = ask(session, {"GET", with_query(path, page), {}});
    if (!reply) return reply.error();
    const json::array& items = list(reply->object(), "items");
    if (seen == 0) pages.last_seq = count(reply->object(), "last_seq");
    if (session.json) {
      print_raw(session, reply->answer);
    } else {
      pages.items.insert(pages.items.end(), items.begin(), items.end());
    }
    seen += items.size();
    cursor = text(reply->object(), "next");
    pages.more = !cursor.empty();
    if (cursor.empty() || items.empty()) break;
  }
  return pages;
}

}  // namespace burstd::ctl
