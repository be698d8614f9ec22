#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <limits>
#include <optional>
#include <ostream>

#include "ctl/items/call_list.hpp"
#include "ctl/items/item_commands.hpp"
#include "ctl/wire/follower.hpp"
#include "ctl/wire/pages.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/waiting.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

// "failed" for "Send Failed" and so on; nothing typed stays nothing.
std::optional<std::string> full_status(std::string_view typed) {
  if (typed.empty()) return std::string();
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
  return found == shorts.end() ? std::nullopt : std::optional(std::string(found->status));
}

constexpr std::string_view known_states =
    "queued,held,sending,retrying,submitted,delivered,unconfirmed,uncertain,failed,"
    "expired,blocked,cancelled";

// Of several with commas between them the first that is none.
std::optional<std::string> unknown_state(std::string_view typed) {
  const std::string known = "," + std::string(known_states) + ",";
  while (!typed.empty()) {
    const std::string word(typed.substr(0, typed.find(',')));
    if (known.find("," + word + ",") == std::string::npos) return word;
    typed.remove_prefix(std::min(word.size() + 1, typed.size()));
  }
  return std::nullopt;
}

std::string states_in_words() {
  std::string words = "they are ";
  for (const char letter : known_states) words += letter == ',' ? std::string(", ") : std::string(1, letter);
  return words;
}

bool narrowed(const Items& wanted) {
  return !(wanted.patient + wanted.number + wanted.batch + wanted.status + wanted.state + wanted.category +
           wanted.client_ref + wanted.from + wanted.to)
              .empty();
}

// A phone number has digits, and no letters.
bool is_no_number(const std::string& typed) {
  constexpr std::ptrdiff_t least = 3;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return std::ranges::count_if(typed, is_digit) < least || std::ranges::any_of(typed, is_letter);
}

void print_none(const Session& session, const Items& wanted) {
  if (!wanted.number.empty() && is_no_number(wanted.number)) {
    session.term.out << "No message fits: \"" << printable(wanted.number)
                     << "\" is no phone number. Write it as people do, such as \"079 123 45 67\".\n";
    return;
  }
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

void print_change(const Session& session, const json::object& item) {
  if (session.json) {
    session.term.out << json::serialize(item) << std::endl;
    return;
  }
  std::string number = text(item, "mobile_number");
  if (number.empty()) number = text(item, "number_as_typed");
  const std::string line =
      fmt::format("{}  {}  {}  {}  {}", to_the_second(text(item, "updated_at"), session.term.now()), text(item, "id"),
                  number, patient_of(item), standing(item));
  session.term.out << session.term.paint(printable(line), style_of(text(item, "status"), text(item, "state")))
                   << std::endl;
}

// Status and state are looked at here: a list by changes takes neither.
class Watch {
 public:
  Watch(const Session& session, const Query& query, std::int64_t seen) : x_session(session), x_seen(seen) {
    for (const auto& [name, value] : query) {
      std::string* const mine = name == "status" ? &x_status : name == "state" ? &x_state : nullptr;
      if (mine != nullptr) *mine = value;
      if (mine == nullptr) x_query.emplace_back(name, value);
    }
  }

  Exit run() {
    const Watching watching;
    Follower follower(x_session, x_seen);
    while (true) {
      const auto heard = follower.next(watching);
      if (!heard) return heard.error();
      if (!*heard) return Exit::done;
      if ((*heard)->anew) x_seen.reset();
      if (!(*heard)->anew && !x_seen) x_seen = before((*heard)->events, follower);
      const bool tells = std::ranges::any_of((*heard)->events, is_of_items);
      if (tells && !(*heard)->anew) {
        const auto shown = show_changes(watching);
        if (!shown) return shown.error();
      }
      if (!watching.wait(base::Milliseconds{0})) return Exit::done;
    }
  }

 private:
  // Where the watching of another record begins.
  static std::optional<std::int64_t> before(const json::array& events, const Follower& follower) {
    return events.empty() ? follower.position() : count(object(events.front()), "seq") - 1;
  }

  static bool is_of_items(const json::value& event) {
    const std::string kind = text(object(event), "kind");
    return kind == "item" || kind == "batch";
  }

  bool wanted(const json::object& item) const {
    const bool of_state = ("," + x_state + ",").find("," + text(item, "state") + ",") != std::string::npos;
    return (x_status.empty() || text(item, "status") == x_status) && (x_state.empty() || of_state);
  }

  Or<bool> show_changes(const Watching& watching) {
    for (bool more = true; more;) {
      Query query = x_query;
      query.emplace_back("changed_after", std::to_string(x_seen.value_or(0)));
      const auto look = look_patiently(x_session, {"GET", with_query("/v1/clinical-items", query), {}}, watching);
      if (!look) return look.error();
      if (!*look) return false;
      for (const json::value& entry : list((*look)->object(), "items")) {
        x_seen = std::max(x_seen.value_or(0), count(object(entry), "change_seq"));
        if (wanted(object(entry))) print_change(x_session, object(entry));
      }
      more = !text((*look)->object(), "next").empty();
    }
    return true;
  }

  const Session& x_session;
  Query x_query;
  std::string x_status, x_state;
  std::optional<std::int64_t> x_seen;  // nothing: of another record, which has not told yet where it stands
};

}  // namespace

Exit list_items(const Session& session, const Items& wanted) {
  const base::Time now = session.term.now();
  const auto from = read_moment("--from", wanted.from, now, Bare::day_begins);
  if (!from) return complain(session, from.error().sentence, Exit::usage);
  const auto to = read_moment("--to", wanted.to, now, Bare::day_ends);
  if (!to) return complain(session, to.error().sentence, Exit::usage);
  const auto status = full_status(wanted.status);
  if (!status) {
    return complain(session, "--status: it is pending, sent or failed, not \"" + printable(wanted.status) + "\"",
                    Exit::usage);
  }
  if (const auto word = unknown_state(wanted.state)) {
    return complain(session, "--state: there is no state \"" + printable(*word) + "\"; " + states_in_words(),
                    Exit::usage);
  }
  const Query query{{"patient", wanted.patient},
                    {"number", wanted.number},
                    {"batch", wanted.batch},
                    {"status", *status},
                    {"state", wanted.state},
                    {"category", wanted.category},
                    {"client_ref", wanted.client_ref},
                    {"from", *from},
                    {"to", *to}};
  if (wanted.call_list) return list_calls(session, wanted, query);
  const std::size_t most = wanted.all ? std::numeric_limits<std::size_t>::max() : wanted.limit;
  const auto pages = fetch_pages(session, "/v1/clinical-items", query, most);
  if (!pages) return pages.error();
  if (!session.json && pages->items.empty()) print_none(session, wanted);
  if (!session.json && !pages->items.empty()) print_items(session, *pages);
  if (!session.json && pages->more) {
    session.term.out << "The newest " << pages->items.size() << "; more with --limit N or --all.\n";
  }
  session.term.out << std::flush;
  return wanted.watch ? Watch(session, query, pages->last_seq).run() : Exit::done;
}

}  // namespace burstd::ctl
