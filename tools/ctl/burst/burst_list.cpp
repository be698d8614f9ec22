#include "ctl/burst/burst_list.hpp"

#include <fmt/format.h>

#include <ostream>

#include "ctl/burst/burst_view.hpp"
#include "ctl/wire/pages.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/when.hpp"

namespace burstd::ctl {

namespace {

void print_bursts(const Session& session, const json::array& bursts) {
  Table table({{"CREATED"},
               {"NAME", Side::left, 4, 12},
               {"STATE", Side::left, 3, 12},
               {"ROWS", Side::right},
               {"SENT", Side::right},
               {"PENDING", Side::right},
               {"FAILED", Side::right},
               {"ID"}});
  for (const json::value& entry : bursts) {
    const json::object& burst = object(entry);
    const json::object& counts = object(object(burst, "counts"), "status");
    const std::int64_t failed = count(counts, "Send Failed");
    table.add({for_people(text(burst, "created_at"), session.term.now()), text(burst, "name"), state_in_words(burst),
               text(burst, "rows_total"), fmt::format("{}", count(counts, "Sent Successfully")),
               fmt::format("{}", count(counts, "Pending")),
               Cell(fmt::format("{}", failed), failed > 0 ? Style::red : Style::plain), text(burst, "id")});
  }
  session.term.out << table.render(session.term.look);
}

}  // namespace

Exit list_bursts(const Session& session, std::size_t most) {
  const auto pages = fetch_pages(session, "/v1/batches", {}, most);
  if (!pages) return pages.error();
  if (session.json) return Exit::done;
  if (pages->items.empty()) {
    session.term.out << "No burst yet. Begin with: burstctl burst preview FILE --text \"Dear {name}, …\"\n";
    return Exit::done;
  }
  print_bursts(session, pages->items);
  if (pages->more) session.term.out << "The newest " << pages->items.size() << "; more with --limit N.\n";
  session.term.out << "One of them: burstctl burst show ID\n";
  return Exit::done;
}

}  // namespace burstd::ctl
