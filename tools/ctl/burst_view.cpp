#include "ctl/burst_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>

#include "burst/verdict.hpp"
#include "ctl/look.hpp"
#include "ctl/table.hpp"
#include "ctl/when.hpp"
#include "ctl/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t texts_shown = 3;

std::string row_of(const json::object& row, const std::vector<std::size_t>& lines) {
  const std::int64_t place = count(row, "row");
  if (place < 1 || static_cast<std::size_t>(place) > lines.size()) return text(row, "row");
  return fmt::format("{} (line {})", place, lines[static_cast<std::size_t>(place - 1)]);
}

bool unselected(const json::object& row) { return row.contains("selected") && !truth(row, "selected"); }

Cell verdict_cell(const json::object& row) {
  const std::string verdict = text(row, "verdict");
  const std::string missing = words(row, "missing");
  if (!sendable(row)) return Cell(missing.empty() ? verdict : verdict + " (" + missing + ")", Style::red);
  if (unselected(row)) return Cell("not selected", Style::yellow);
  return Cell("ok", Style::green);
}

std::string flags_of(const json::object& row) {
  const std::string flags = words(row, "flags"), earlier = text(row, "earlier_item");
  return earlier.empty() ? flags : flags + " (see " + earlier + ")";
}

// What the words of a table mean, each once.
void print_meanings(const Session& session, const json::array& rows) {
  std::set<std::string> told;
  const auto tell = [&](const std::string& word, std::string_view sentence) {
    if (sentence.empty() || !told.insert(word).second) return;
    session.term.out << fmt::format("{:<18}", printable(word)) << sentence << '\n';
  };
  for (const json::value& entry : rows) {
    const std::string verdict = text(object(entry), "verdict");
    if (const auto known = burst::verdict_from(verdict)) tell(verdict, burst::sentence(*known));
    for (const json::value& word : list(object(entry), "flags")) {
      if (const auto flag = burst::flag_from(text(word))) tell(text(word), burst::sentence(*flag));
    }
  }
}

void print_line(const Session& session, std::string_view label, const std::string& value) {
  if (!value.empty()) session.term.out << fmt::format("{:<13}", label) << value << '\n';
}

}  // namespace

Style style_of_light(const std::string& light) {
  if (light == "green") return Style::green;
  return light == "red" ? Style::red : Style::yellow;
}

std::string light_in_words(const std::string& light, const json::object& quota) {
  const std::string limit = text(quota, "limited_by");
  std::string said = light;
  if (light == "red") said = "red: more SMS than may leave; sending is refused";
  if (light == "yellow") said = "yellow: it fits, but little is left afterwards";
  const bool known = number(quota, "available").has_value();
  if (light == "green") said = known ? "green: enough is left" : "green: no limit is known for the SIM cards";
  if (known) {
    said += fmt::format(" ({} needed, {} available{})", count(quota, "needed"), count(quota, "available"),
                        limit.empty() ? "" : ", limited by " + limit);
  }
  return said;
}

bool sendable(const json::object& row) {
  const std::string verdict = text(row, "verdict");
  return verdict.empty() || verdict == "ok";
}

void print_rows(const Session& session, const json::array& rows, const std::vector<std::size_t>& lines) {
  Table table({{lines.empty() ? "ROW" : "ROW (LINE)"},
               {"PATIENT", Side::left, 3, 10},
               {"NUMBER"},
               {"SMS", Side::right},
               {"VERDICT"},
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

void print_texts(const Session& session, const json::array& rows) {
  std::size_t printed = 0;
  for (const json::value& entry : rows) {
    const json::object& row = object(entry);
    const std::string words = text(row, "text");
    if (!sendable(row) || unselected(row) || words.empty()) continue;
    if (printed == 0) session.term.out << '\n' << session.term.paint("The first texts", Style::bold) << '\n';
    session.term.out << fmt::format("  row {}: {}\n", text(row, "row"), printable(words));
    if (++printed == texts_shown) break;
  }
}

void print_summary(const Session& session, const json::object& batch) {
  const base::Time now = session.term.now();
  const std::string id = printable(text(batch, "id")), name = printable(text(batch, "name"));
  const std::string state = printable(text(batch, "state"));
  print_line(session, "Burst", session.term.paint(id, Style::bold) + (name.empty() ? "" : "  " + name));
  print_line(session, "State",
             state == "preview"   ? "preview: nothing is sent yet"
             : state == "expired" ? "expired: it was only previewed, nothing was sent"
                                  : state);
  if (number(batch, "rows_total")) {
    print_line(session, "Rows",
               fmt::format("{} of {} selected", count(batch, "rows_selected"), count(batch, "rows_total")));
  }
  if (number(batch, "segments_total")) print_line(session, "SMS", text(batch, "segments_total"));
  const std::string light = text(batch, "light");
  if (!light.empty()) {
    print_line(session, "Light",
               session.term.paint(printable(light_in_words(light, object(batch, "quota"))), style_of_light(light)));
  }
  const std::string opens = printable(for_people(text(batch, "opens_at"), now));
  if (!opens.empty()) print_line(session, "Hours", "those of its category begin " + opens);
  print_line(session, "Last leaves", printable(eta_in_words(batch, now)));
  if (state == "preview") print_line(session, "Kept until", printable(for_people(text(batch, "expires_at"), now)));
  print_line(session, "Messages", counts_in_words(session, batch));
}

void print_expiring(const Session& session, const json::array& rows) {
  std::int64_t selected = 0, expiring = 0;
  for (const json::value& entry : rows) {
    const json::object& row = object(entry);
    if (!sendable(row) || unselected(row)) continue;
    const json::array& flags = list(row, "flags");
    ++selected;
    expiring += std::any_of(flags.begin(), flags.end(), [](const auto& flag) { return text(flag) == "would-expire"; });
  }
  if (expiring == 0) return;
  const std::string all =
      fmt::format("all {} rows would expire before they can leave: nothing would be sent", selected);
  const std::string some = fmt::format("{} of {} rows are likely to expire before they can leave", expiring, selected);
  print_line(session, "Expiring", session.term.paint(expiring == selected ? all : some, Style::red));
}

void print_reminder(const Session& session) {
  session.term.out << "\nAn SMS can be read by anybody who holds the phone, and by the networks on its way. Keep "
                      "confidential\ncontent (diagnoses, results, treatments) out of it.\n";
}

std::string counts_in_words(const Session& session, const json::object& batch) {
  std::string said;
  for (const auto& [status, value] : object(object(batch, "counts"), "status")) {
    const std::string many = text(value);
    if (many == "0" || many.empty()) continue;
    if (!said.empty()) said += " · ";
    said += session.term.paint(printable(std::string(status) + " " + many), style_of(std::string(status)));
  }
  return said;
}

std::string eta_in_words(const json::object& batch, base::Time now) {
  const auto seconds = number(batch, "eta");
  if (seconds) return "in " + span(std::chrono::seconds{*seconds});
  return for_people(text(batch, "eta"), now);
}

}  // namespace burstd::ctl
