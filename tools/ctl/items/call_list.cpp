#include "ctl/items/call_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <ostream>

#include "ctl/burst/burst_watch.hpp"
#include "ctl/wire/pages.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/waiting.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t whole_list = std::numeric_limits<std::size_t>::max();

Cell appointment_cell(const json::object& item, base::Time now) {
  const std::string written = text(item, "appointment_at");
  const auto at = base::from_rfc3339(written);
  const std::string shown = at_place(written, text(item, "timezone"), now);
  return at && *at <= now ? Cell(shown + " (over)", Style::dim) : Cell(shown);
}

std::string number_of(const json::object& item) {
  const std::string number = text(item, "mobile_number");
  return number.empty() ? text(item, "number_as_typed") : number;
}

std::string reason_of(const json::object& item) {
  const std::string error = text(item, "error");
  return error.empty() ? standing(item) : error;
}

// "anna: phoned, today 10:20", of several the last.
std::string note_of(const json::object& item, base::Time now) {
  const json::array& notes = list(item, "notes");
  if (notes.empty()) return {};
  const json::object& last = object(notes.back());
  const std::string before = notes.size() > 1 ? fmt::format(" (and {} before)", notes.size() - 1) : "";
  return fmt::format("{}: {}, {}{}", text(last, "user"), text(last, "text"), for_people(text(last, "at"), now), before);
}

bool is_failed(const json::value& item) { return text(object(item), "status") == "Send Failed"; }

bool is_pending(const json::value& item) { return text(object(item), "status") == "Pending"; }

// Of what has failed nobody need call whom something else was done for.
std::string counts_of_slip(const json::object& batch, const json::array& calls) {
  const json::object& counts = object(batch, "counts");
  const json::object& states = object(counts, "state");
  const json::object& statuses = object(counts, "status");
  const std::int64_t withdrawn = count(states, "cancelled");
  const std::int64_t again = progress_of(batch).failed - std::ranges::count_if(calls, is_failed);
  // One in doubt is Pending, and to be called: it counts once.
  const std::int64_t waiting = count(statuses, "Pending") - std::ranges::count_if(calls, is_pending);
  std::string said = fmt::format("Reached {} · waiting {} · to be called {}", count(statuses, "Sent Successfully"),
                                 std::max<std::int64_t>(waiting, 0), calls.size());
  if (again > 0) said += fmt::format(" · sent again {}", again);
  if (withdrawn > 0) said += fmt::format(" · withdrawn {}", withdrawn);
  return said;
}

Or<json::array> calls_of(const Session& session, const json::object& batch) {
  const json::object& counts = object(batch, "counts");
  const bool any = progress_of(batch).failed > 0 || count(object(counts, "state"), "uncertain") > 0;
  if (!any) return json::array();
  const Query query{{"call_list", "true"}, {"batch", text(batch, "id")}};
  auto pages = fetch_pages(session, "/v1/clinical-items", query, whole_list);
  if (!pages) return pages.error();
  return std::move(pages->items);
}

}  // namespace

void print_calls(const Session& session, const json::array& items) {
  Table table({{"APPOINTMENT"},
               {"PATIENT", Side::left, 2, 12},
               {"NUMBER"},
               {"WHY", Side::left, 3, 18},
               {"NOTE", Side::left, 4, 12},
               {"ID"}});
  const base::Time now = session.term.now();
  for (const json::value& entry : items) {
    const json::object& item = object(entry);
    table.add({appointment_cell(item, now), patient_of(item), number_of(item), Cell(reason_of(item), Style::red),
               Cell(note_of(item, now), Style::yellow), text(item, "id")});
  }
  session.term.out << table.render(session.term.look);
}

Exit list_calls(const Session& session, const Items& wanted, Query query) {
  query.emplace_back("call_list", "true");
  if (wanted.open) query.emplace_back("noted", "false");
  const auto pages = fetch_pages(session, "/v1/clinical-items", query, wanted.all ? whole_list : wanted.limit);
  if (!pages) return pages.error();
  if (session.json) return Exit::done;
  if (pages->items.empty()) {
    session.term.out << "Nobody needs to be called.\n";
    return Exit::done;
  }
  print_calls(session, pages->items);
  if (pages->more) {
    session.term.out << "The first " << pages->items.size() << "; more with --limit N or --all.\n";
  }
  session.term.out << "When you have phoned: burstctl note ID --user NAME --text \"phoned\"\n";
  return Exit::done;
}

Or<bool> print_slip(const Session& session, const json::object& batch) {
  const auto calls = calls_of(session, batch);
  if (!calls) return calls.error();
  session.term.out << session.term.paint(counts_of_slip(batch, *calls), Style::bold) << '\n';
  if (calls->empty()) return true;
  session.term.out << "\nCall these, the soonest appointment first:\n";
  print_calls(session, *calls);
  return true;
}

}  // namespace burstd::ctl
