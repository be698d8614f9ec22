#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <ostream>

#include "ctl/item_commands.hpp"
#include "ctl/look.hpp"
#include "ctl/pages.hpp"
#include "ctl/table.hpp"
#include "ctl/waiting.hpp"
#include "ctl/when.hpp"

namespace burstd::ctl {

namespace {

// "failed" for "Send Failed" and so on; what is no short form passes as it is.
std::string full_status(std::string_view typed) {
  struct Short {
    std::string_view word, status;
  };
  constexpr std::array shorts{Short{"pending", "Pending"}, Short{"sent", "Sent Successfully"},
                              Short{"failed", "Send Failed"}, Short{"sent successfully", "Sent Successfully"},
                              Short{"send failed", "Send Failed"}};
  std::string small(typed);
  std::transform(small.begin(), small.end(), small.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const auto* found = std::find_if(shorts.begin(), shorts.end(), [&](const Short& s) { return s.word == small; });
  return std::string(found != shorts.end() ? found->status : typed);
}

bool narrowed(const Items& wanted) {
  return !(wanted.patient + wanted.number + wanted.batch + wanted.status + wanted.state + wanted.category +
           wanted.client_ref + wanted.from + wanted.to)
              .empty();
}

void print_none(const Session& session, const Items& wanted) {
  session.term.out
      << (narrowed(wanted)
              ? "No message fits. Leave out a filter (--patient, --number, --status, --from …) to see more.\n"
              : "No message yet. Send the first: burstctl send --to NUMBER --text \"Hello\"\n");
}

void print_items(const Session& session, const Pages& pages) {
  Table table({{"TIME"},
               {"PATIENT", Side::left, 3, 12},
               {"NUMBER"},
               {"STATUS", Side::left, 2, 18},
               {"ID"},
               {"MESSAGE", Side::left, 4, 12}});
  const base::Time now = session.term.now();
  for (const json::value& entry : pages.items) {
    const json::object& item = object(entry);
    std::string number = text(item, "mobile_number");
    if (number.empty()) number = text(item, "number_as_typed");
    std::string message = text(item, "message");
    if (!text(item, "message_removed_at").empty()) message = "(text removed)";
    table.add({for_people(text(item, "created_at"), now), patient_of(item), number,
               Cell(standing(item), style_of(text(item, "status"), text(item, "state"))), text(item, "id"), message});
  }
  session.term.out << table.render(session.term.look);
}

}  // namespace

Exit list_items(const Session& session, const Items& wanted) {
  const base::Time now = session.term.now();
  const auto from = read_moment("--from", wanted.from, now, Bare::day_begins);
  if (!from) return complain(session, from.error().sentence, Exit::usage);
  const auto to = read_moment("--to", wanted.to, now, Bare::day_ends);
  if (!to) return complain(session, to.error().sentence, Exit::usage);
  const Query query{{"patient", wanted.patient},
                    {"number", wanted.number},
                    {"batch", wanted.batch},
                    {"status", full_status(wanted.status)},
                    {"state", wanted.state},
                    {"category", wanted.category},
                    {"client_ref", wanted.client_ref},
                    {"from", *from},
                    {"to", *to}};
  const std::size_t most = wanted.all ? std::numeric_limits<std::size_t>::max() : wanted.limit;
  const auto pages = fetch_pages(session, "/v1/clinical-items", query, most);
  if (!pages) return pages.error();
  if (session.json) return Exit::done;
  if (pages->items.empty()) {
    print_none(session, wanted);
    return Exit::done;
  }
  print_items(session, *pages);
  if (pages->more) session.term.out << "The newest " << pages->items.size() << "; more with --limit N or --all.\n";
  return Exit::done;
}

}  // namespace burstd::ctl
