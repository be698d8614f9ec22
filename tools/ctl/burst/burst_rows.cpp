#include "ctl/burst/burst_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <ostream>
#include <set>

#include "burst/verdict.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t texts_shown = 3;

std::string row_of(const json::object& row, const std::vector<std::size_t>& lines) {
  const std::int64_t place = count(row, "row");
  if (place < 1 || static_cast<std::size_t>(place) > lines.size()) return text(row, "row");
  return fmt::format("{} (line {})", place, lines[static_cast<std::size_t>(place - 1)]);
}

bool sendable(const json::object& row) {
  const std::string verdict = text(row, "verdict");
  return verdict.empty() || verdict == "ok";
}

// Nothing comes of these, whoever chooses them.
bool idle(const json::object& row) {
  const auto verdict = burst::verdict_from(text(row, "verdict"));
  return verdict == burst::Verdict::already_accepted || verdict == burst::Verdict::excluded;
}

bool unselected(const json::object& row) { return row.contains("selected") && !truth(row, "selected"); }

bool has_flag(const json::object& row, std::string_view wanted) {
  const json::array& flags = list(row, "flags");
  return std::any_of(flags.begin(), flags.end(), [&](const json::value& flag) { return text(flag) == wanted; });
}

// Which rows a selection means.
class Choice {
 public:
  explicit Choice(const json::object& selection) : x_exactly(selection.contains("select")) {
    for (const json::value& row : list(selection, x_exactly ? "select" : "deselect")) x_named.insert(text(row));
  }

  bool means(const json::object& row) const {
    const bool named = x_named.contains(text(row, "row"));
    return x_exactly ? named : !unselected(row) && !named;
  }

 private:
  bool x_exactly;
  std::set<std::string> x_named;
};

// "excluded: deceased", "field-missing (date, time)".
std::string verdict_in_words(const json::object& row) {
  const std::string verdict = text(row, "verdict");
  const auto known = burst::verdict_from(verdict);
  const std::string reason = text(row, "exclude"), missing = words(row, "missing");
  if (known == burst::Verdict::excluded && !reason.empty()) return verdict + ": " + reason;
  if (known == burst::Verdict::field_missing && !missing.empty()) return verdict + " (" + missing + ")";
  return verdict;
}

Cell verdict_cell(const json::object& row) {
  if (!sendable(row)) return Cell(verdict_in_words(row), Style::red);
  if (unselected(row)) return Cell("not selected", Style::yellow);
  return Cell("ok", Style::green);
}

// "recently-sent (see ZFFZRX-10, Sent Successfully)"
std::string flags_of(const json::object& row) {
  const std::string flags = words(row, "flags"), earlier = text(row, "earlier_item");
  if (earlier.empty()) return flags;
  const std::string status = text(row, "earlier_status");
  const std::string see = "see " + earlier + (status.empty() ? "" : ", " + status);
  return flags.empty() ? see : flags + " (" + see + ")";
}

std::string why_expired(const json::object& row, base::Time now) {
  const auto appointment = base::from_rfc3339(text(row, "appointment_at"));
  if (!appointment) return "The time after which it is not to be sent (--expires-at) is over";
  if (*appointment <= now) return "Its appointment is over";
  return "Its appointment is too near: what is about one expires 60 minutes before it, where the clinic says nothing "
         "else";
}

std::string meaning_of(const json::object& row, base::Time now) {
  const auto verdict = burst::verdict_from(text(row, "verdict"));
  if (!verdict) return {};
  if (verdict == burst::Verdict::expired) return why_expired(row, now);
  if (verdict == burst::Verdict::excluded && !text(row, "exclude").empty()) return {};
  if (verdict != burst::Verdict::already_accepted) return std::string(burst::sentence(*verdict));
  const std::string earlier = text(row, "earlier_item");
  if (earlier.empty()) return "Another row has the same client_ref";
  return "Taken before under this client_ref, and not sent twice; another client_ref, or burstctl resend " + earlier +
         ", sends it again";
}

// What the words of a table mean, each once; of items that were accepted before the first few.
void print_meanings(const Session& session, const json::array& rows) {
  constexpr std::size_t most = 5;  // of one word
  std::map<std::string, std::set<std::string>> told;
  const auto tell = [&](const std::string& word, const std::string& sentence) {
    if (sentence.empty() || told[word].size() >= most || !told[word].insert(sentence).second) return;
    session.term.out << fmt::format("{:<18}", printable(word)) << printable(sentence) << '\n';
  };
  for (const json::value& entry : rows) {
    tell(text(object(entry), "verdict"), meaning_of(object(entry), session.term.now()));
    for (const json::value& word : list(object(entry), "flags")) {
      if (const auto flag = burst::flag_from(text(word))) tell(text(word), std::string(burst::sentence(*flag)));
    }
  }
}

}  // namespace

RowFigures figures_of(const json::array& rows, const json::object& selection) {
  const Choice choice(selection);
  RowFigures figures;
  figures.total = static_cast<std::int64_t>(rows.size());
  for (const json::value& entry : rows) {
    const json::object& row = object(entry);
    if (!choice.means(row)) continue;
    ++figures.chosen;
    if (idle(row)) {
      ++figures.idle;
    } else if (!sendable(row)) {
      ++figures.failing;
    } else {
      ++figures.sendable;
      figures.segments += count(row, "segments");
      figures.expiring += has_flag(row, "would-expire") ? 1 : 0;
    }
  }
  return figures;
}

std::string shortfall_in_words(const RowFigures& figures) {
  std::string said;
  if (figures.failing > 0) {
    said = fmt::format("{} of them cannot be sent and {} Send Failed", figures.failing,
                       figures.failing == 1 ? "becomes" : "become");
  }
  if (figures.idle > 0) {
    said += fmt::format("{}{} of them {} sent: accepted before, or excluded", said.empty() ? "" : "; ", figures.idle,
                        figures.idle == 1 ? "is not" : "are not");
  }
  return said;
}

void print_rows(const Session& session, const json::array& rows, const std::vector<std::size_t>& lines) {
  Table table({{lines.empty() ? "ROW" : "ROW (LINE)"},
               {"PATIENT", Side::left, 3, 10},
               {"NUMBER"},
               {"SMS", Side::right},
               {"VERDICT", Side::left, 1, 16},
               {"FLAGS", Side::left, 2, 12},
               {"ITEM"},
               {"TEXT", Side::left, 4, 8}});
  for (const json::value& entry : rows) {
    const json::object& row = object(entry);
    const std::string mobile = text(row, "mobile_number");
    table.add({row_of(row, lines), patient_of(row), mobile.empty() ? text(row, "to") : mobile, text(row, "segments"),
               verdict_cell(row), Cell(flags_of(row), Style::yellow), text(row, "item"), text(row, "text")});
  }
  session.term.out << table.render(session.term.look);
  print_meanings(session, rows);
}

json::array doubtful(const json::array& rows) {
  json::array found;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(found), [](const json::value& entry) {
    return !sendable(object(entry)) || !words(object(entry), "flags").empty();
  });
  return found;
}

json::array worth_a_look(const json::array& rows, std::size_t first) {
  json::array found;
  for (const json::value& entry : rows) {
    const json::object& row = object(entry);
    const bool plainly_ok = sendable(row) && !unselected(row) && words(row, "flags").empty();
    const auto place = static_cast<std::size_t>(&entry - rows.data());
    if (place < first || !plainly_ok) found.push_back(entry);
  }
  return found;
}

void print_texts(const Session& session, const json::array& rows, const json::object& selection) {
  const Choice choice(selection);
  std::size_t printed = 0;
  for (const json::value& entry : rows) {
    const json::object& row = object(entry);
    const std::string words = text(row, "text");
    if (!sendable(row) || !choice.means(row) || words.empty()) continue;
    if (printed == 0) session.term.out << '\n' << session.term.paint("The first texts", Style::bold) << '\n';
    session.term.out << fmt::format("  row {}: {}\n", text(row, "row"), printable(words));
    if (++printed == texts_shown) break;
  }
}

}  // namespace burstd::ctl
