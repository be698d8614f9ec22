#include "ctl/burst/report_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <iterator>
#include <optional>

#include "burst/pattern.hpp"
#include "calendar/zone.hpp"
#include "ctl/words/cells.hpp"
#include "ctl/words/look.hpp"

namespace burstd::ctl {

namespace {

using config::Report;

base::Error no_list(const std::string& why) {
  return base::malformed("json-invalid",
                         "The file is not the JSON that the mapping expects: " + why + " Nothing was sent.");
}

// Every column that the mapping names, each once.
std::vector<std::string> columns_of(const Report& report) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  const Report::Columns& columns = report.columns;
  for (const std::string& name : {columns.number, columns.patient, columns.name, columns.client_ref}) add(name);
  add(report.appointment.column);
  add(report.appointment.time_column);
  for (const auto& [placeholder, column] : report.fields) add(column);
  for (const Report::Exclusion& exclusion : report.exclude) add(exclusion.column);
  return names;
}

// "patient.phone" is the member phone inside the member patient, unless one is called so whole.
const json::value* member_at(const json::object& from, std::string_view path) {
  if (const auto* const found = from.if_contains(path)) return found;
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const auto* const outer = from.if_contains(path.substr(0, dot));
  return outer != nullptr && outer->is_object() ? member_at(outer->get_object(), path.substr(dot + 1)) : nullptr;
}

// Where each thing stands in a row, and how the mapping reads it. Asks for columns by their heads.
class Layout {
 public:
  Layout(const Sheet& sheet, const Report& report)
      : x_sheet(sheet), x_report(report), x_zone(report.appointment.timezone) {
    for (const std::string& name : columns_of(report)) {
      if (!place_of(name)) x_unknown += (x_unknown.empty() ? "\"" : ", \"") + name + "\"";
    }
    if (report.appointment.column.empty()) return;
    x_format = burst::Pattern::parse(report.appointment.format).value();
    if (!report.appointment.time_column.empty()) {
      x_time_format = burst::Pattern::parse(report.appointment.time_format).value();
    }
  }

  // Columns that the mapping names and the sheet does not have, in quotes; empty: none.
  const std::string& unknown() const { return x_unknown; }

  std::string line(const Record& row) const {
    return fmt::format("{} {}", x_sheet.delimiter == 0 ? "Row" : "Line", row.line);
  }

  std::string cell(const Record& row, const std::string& column) const {
    const auto place = column.empty() ? std::nullopt : place_of(column);
    return place ? cleaned(row.cells[*place]) : std::string();
  }

  std::string exclusion(const Record& row) const {
    for (const Report::Exclusion& one : x_report.exclude) {
      const std::string value = cell(row, one.column);
      const auto same = [&](const std::string& word) { return folded(word) == folded(value); };
      const bool named = std::ranges::any_of(one.values, same);
      if (!value.empty() && (one.values.empty() || named)) return one.reason;
    }
    return {};
  }

  // Nothing where the row has none.
  base::Result<std::optional<base::Time>> appointment(const Record& row) const {
    const Report::Appointment& at = x_report.appointment;
    const std::string day = cell(row, at.column), time = cell(row, at.time_column);
    if (day.empty() && time.empty()) return std::optional<base::Time>();
    auto wall = x_format ? x_format->read(day) : std::nullopt;
    if (!wall || !wall->day) return unreadable(row, day, at.format);
    const auto hours = x_time_format ? x_time_format->read(time) : std::nullopt;
    if (x_time_format && !hours) return unreadable(row, time, at.time_format);
    calendar::Local local;
    local.year = wall->day->year;
    local.month = wall->day->month;
    local.day = wall->day->day;
    local.minute = (hours ? hours->minute : wall->minute).value_or(0);
    return std::optional(x_zone.time_of(local));
  }

 private:
  base::Error unreadable(const Record& row, const std::string& cell, const std::string& format) const {
    return base::malformed("appointment-invalid",
                           fmt::format("{}: the appointment \"{}\" is not one written {}.", line(row), cell, format));
  }

  std::optional<std::size_t> place_of(const std::string& name) const {
    const auto& heads = x_sheet.head.cells;
    auto found = std::ranges::find(heads, name);
    if (found == heads.end()) {
      found = std::ranges::find_if(heads, [&](const std::string& head) { return folded(head) == folded(name); });
    }
    if (found == heads.end()) return std::nullopt;
    return static_cast<std::size_t>(found - heads.begin());
  }

  const Sheet& x_sheet;
  const Report& x_report;
  calendar::Zone x_zone;
  std::optional<burst::Pattern> x_format, x_time_format;
  std::string x_unknown;
};

json::object fields_of(const Record& row, const Report& report, const Layout& layout) {
  json::object fields;
  for (const auto& [placeholder, column] : report.fields) put(fields, placeholder, layout.cell(row, column));
  return fields;
}

// A row that is left out needs no appointment that can be read.
base::Result<json::object> recipient_of(const Record& row, const Report& report, const Layout& layout) {
  const std::string number = layout.cell(row, report.columns.number), reason = layout.exclusion(row);
  json::object recipient{{"to", number}};
  put(recipient, "patient", layout.cell(row, report.columns.patient));
  put(recipient, "patient_name", layout.cell(row, report.columns.name));
  put(recipient, "client_ref", layout.cell(row, report.columns.client_ref));
  put(recipient, "exclude", reason);
  if (reason.empty()) {
    if (auto lost = destroyed_number(layout.line(row), number)) return *lost;
    const auto appointment = layout.appointment(row);
    if (!appointment) return appointment.error();
    if (*appointment) recipient.emplace("appointment_at", base::to_rfc3339(**appointment));
  }
  recipient.emplace("fields", fields_of(row, report, layout));
  return recipient;
}

base::Error columns_missing(const Sheet& sheet, const std::string& unknown) {
  std::string heads;
  for (const std::string& head : sheet.head.cells) heads += (heads.empty() ? "" : ", ") + head;
  return base::malformed("recipients-columns",
                         fmt::format("The mapping names {}, which the file does not have; it has {}. Nothing was sent.",
                                     unknown, heads.empty() ? "no column of the mapping" : heads));
}

}  // namespace

base::Result<Sheet> sheet_of_json(std::string_view octets, const Report& report) {
  if (octets.starts_with("\xEF\xBB\xBF")) octets.remove_prefix(3);
  boost::system::error_code failure;
  const json::value document = json::parse(octets, failure);
  if (failure) return no_list(failure.message() + ".");
  const json::value* rows = &document;
  if (!report.rows.empty()) rows = member_at(object(document), report.rows);
  if (rows == nullptr || !rows->is_array()) {
    return no_list(report.rows.empty() ? "it is no list; name the member that holds it (rows)."
                                       : "its member \"" + report.rows + "\" is no list.");
  }
  const auto names = columns_of(report);
  const auto anywhere = [&](const std::string& name) {
    return std::ranges::any_of(rows->get_array(),
                               [&](const json::value& row) { return member_at(object(row), name) != nullptr; });
  };
  Sheet sheet{0, {}, {}};
  std::ranges::copy_if(names, std::back_inserter(sheet.head.cells), anywhere);
  for (const json::value& entry : rows->get_array()) {
    Record& row = sheet.rows.emplace_back();
    row.line = sheet.rows.size();
    if (!entry.is_object()) return no_list(fmt::format("row {} is no object.", row.line));
    for (const std::string& name : sheet.head.cells) {
      const auto* const found = member_at(entry.get_object(), name);
      row.cells.push_back(found == nullptr ? std::string() : text(*found));
    }
  }
  return sheet;
}

base::Result<Recipients> recipients_of_report(const Sheet& sheet, const Report& report) {
  if (sheet.rows.empty()) {
    return base::malformed("recipients-empty", "The file has no recipient. Nothing was sent.");
  }
  const Layout layout(sheet, report);
  if (!layout.unknown().empty()) return columns_missing(sheet, layout.unknown());
  Recipients recipients;
  std::vector<base::Error> faults;
  for (const Record& row : sheet.rows) {
    auto recipient = recipient_of(row, report, layout);
    if (!recipient) {
      faults.push_back(recipient.error());
      continue;
    }
    recipients.rows.push_back(std::move(*recipient));
    if (sheet.delimiter != 0) recipients.lines.push_back(row.line);
  }
  if (!faults.empty()) return all_faults(faults);
  return recipients;
}

}  // namespace burstd::ctl
