#include "ctl/burst/recipients.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <map>
#include <optional>

#include "ctl/words/cells.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

struct Wanted {
  std::string_view what, option;
  std::vector<std::string_view> names;
};

const Wanted wanted_number{"phone number", "--number-column", {"to", "number", "mobile", "phone", "mobile_number"}};
const Wanted wanted_patient{"patient", "--patient-column", {"patient", "patient_id"}};
const Wanted wanted_name{"patient's name", "--name-column", {"name", "patient_name"}};

struct Places {
  std::size_t number = nowhere, patient = nowhere, name = nowhere, ref = nowhere, appointment = nowhere,
              exclude = nowhere;
};

std::string listed(const Record& head) {
  std::string names;
  for (const std::string& cell : head.cells) {
    if (!cell.empty()) names += (names.empty() ? "" : ", ") + cell;
  }
  return names;
}

base::Error wrong_columns(std::string sentence) {
  return base::malformed("recipients-columns", std::move(sentence) + " Nothing was sent.");
}

base::Result<std::size_t> named_column(const Record& head, const std::string& name, const Wanted& wanted) {
  for (std::size_t i = 0; i < head.cells.size(); ++i) {
    if (head.cells[i] == name || folded(head.cells[i]) == folded(name)) return i;
  }
  return wrong_columns(
      fmt::format("No column is called \"{}\" ({}). Line {} names: {}.", name, wanted.option, head.line, listed(head)));
}

base::Result<std::size_t> find_column(const Record& head, const std::string& named, const Wanted& wanted) {
  if (!named.empty()) return named_column(head, named, wanted);
  std::size_t found = nowhere;
  for (std::size_t i = 0; i < head.cells.size(); ++i) {
    const std::string name = folded(head.cells[i]);
    if (std::find(wanted.names.begin(), wanted.names.end(), name) == wanted.names.end()) continue;
    if (found != nowhere) {
      return wrong_columns(fmt::format("Both \"{}\" and \"{}\" could be the {}. Say which: {} \"{}\".",
                                       head.cells[found], head.cells[i], wanted.what, wanted.option,
                                       head.cells[found]));
    }
    found = i;
  }
  return found;
}

base::Error no_number_column(const Record& head) {
  const bool data = std::any_of(head.cells.begin(), head.cells.end(), [](const std::string& cell) {
    return std::count_if(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; }) >= 6;
  });
  const std::string names = "to, number, mobile, phone or mobile_number";
  if (data) {
    return wrong_columns(
        fmt::format("Line {} looks like a recipient, but the first line must name the columns; one of "
                    "them must be called {}. Put a line such as \"name,mobile_number\" above it.",
                    head.line, names));
  }
  return wrong_columns(
      fmt::format("No column holds the phone numbers: one must be called {}, or be named with "
                  "--number-column. Line {} names: {}.",
                  names, head.line, listed(head)));
}

// Two heads that are the same to a text: it would be chance which cell a patient reads.
std::optional<base::Error> same_heads(const Record& head) {
  std::map<std::string, std::string> seen;
  for (const std::string& cell : head.cells) {
    const std::string name = folded(cell);
    const auto [first, fresh] = seen.emplace(name, cell);
    if (fresh || name.empty()) continue;
    return wrong_columns(fmt::format("Line {}: both \"{}\" and \"{}\" would be {{{}}} in a text. Rename one of them.",
                                     head.line, first->second, cell, name));
  }
  return {};
}

base::Result<Places> find_places(const Record& head, const Columns& columns) {
  if (auto same = same_heads(head)) return *same;
  const auto number = find_column(head, columns.number, wanted_number);
  if (!number) return number.error();
  if (*number == nowhere) return no_number_column(head);
  const auto patient = find_column(head, columns.patient, wanted_patient);
  if (!patient) return patient.error();
  const auto name = find_column(head, columns.name, wanted_name);
  if (!name) return name.error();
  Places places;
  places.number = *number;
  places.patient = *patient;
  places.name = *name;
  for (std::size_t i = 0; i < head.cells.size(); ++i) {
    const std::string folded_head = folded(head.cells[i]);
    if (folded_head == "client_ref") places.ref = i;
    if (folded_head == "appointment_at") places.appointment = i;
    if (folded_head == "exclude") places.exclude = i;
  }
  return places;
}

// "no" and its kin mean not excluded, "yes" and its kin no particular reason.
std::string exclusion(const std::string& cell) {
  const std::string word = folded(cell);
  for (const char* no : {"", "no", "n", "0", "false"}) {
    if (word == no) return {};
  }
  for (const char* yes : {"yes", "y", "x", "1", "true"}) {
    if (word == yes) return "excluded in the file";
  }
  return cell;
}

std::string cell_of(const Record& row, std::size_t place) {
  return place == nowhere ? std::string() : cleaned(row.cells[place]);
}

json::object fields_of(const Record& head, const Record& row, const Columns& columns) {
  json::object fields, other_names;
  const auto wanted = [&](const std::string& name) {
    return !columns.fields || std::find(columns.fields->begin(), columns.fields->end(), name) != columns.fields->end();
  };
  for (std::size_t i = 0; i < head.cells.size(); ++i) {
    const std::string value = cleaned(row.cells[i]);
    const std::vector<std::string> names = field_names(head.cells[i]);
    if (value.empty() || names.empty()) continue;
    if (wanted(names.front())) fields.emplace(names.front(), value);
    if (wanted(names.back())) other_names.emplace(names.back(), value);
  }
  for (const auto& [name, value] : other_names) fields.emplace(name, value);
  return fields;
}

base::Result<json::object> recipient_of(const Record& row, const Places& at, base::Time now) {
  json::object recipient{{"to", cell_of(row, at.number)}};
  if (auto lost = destroyed_number(fmt::format("Line {}", row.line), cell_of(row, at.number))) return *lost;
  const auto put = [&](std::string_view member, const std::string& value) {
    if (!value.empty()) recipient.emplace(member, value);
  };
  put("patient", cell_of(row, at.patient));
  put("patient_name", cell_of(row, at.name));
  put("client_ref", cell_of(row, at.ref));
  put("exclude", exclusion(cell_of(row, at.exclude)));
  const std::string appointment = cell_of(row, at.appointment);
  if (!appointment.empty()) {
    const auto time = read_when(appointment, now);
    if (!time) return base::malformed("time-invalid", fmt::format("Line {}: {}", row.line, time.error().sentence));
    recipient.emplace("appointment_at", base::to_rfc3339(*time));
  }
  return recipient;
}

}  // namespace

std::vector<std::string> field_names(std::string_view head) {
  const std::string small = folded(head);
  if (small.empty()) return {};
  const bool one_word =
      std::all_of(head.begin(), head.end(), [](char c) { return is_word(c) || c == '-' || c == '.'; });
  if (!one_word || small == head) return {small};
  return {std::string(head), small};
}

base::Result<Recipients> recipients_of(const Sheet& sheet, const Columns& columns, base::Time now) {
  const auto places = find_places(sheet.head, columns);
  if (!places) return places.error();
  Recipients recipients;
  std::vector<base::Error> faults;
  for (const Record& row : sheet.rows) {
    auto recipient = recipient_of(row, *places, now);
    if (!recipient) {
      faults.push_back(recipient.error());
      continue;
    }
    recipient->emplace("fields", fields_of(sheet.head, row, columns));
    recipients.rows.push_back(std::move(*recipient));
    recipients.lines.push_back(row.line);
  }
  if (!faults.empty()) return all_faults(faults);
  if (!recipients.rows.empty()) return recipients;
  return base::malformed("recipients-empty",
                         "The file names columns but has no recipient below them. Nothing was sent.");
}

base::Result<Recipients> recipients_of_json(std::string_view octets) {
  if (octets.starts_with("\xEF\xBB\xBF")) octets.remove_prefix(3);
  boost::system::error_code failure;
  json::value parsed = json::parse(octets, failure);
  if (failure || !parsed.is_array()) {
    const std::string why = failure ? failure.message() : "it is not an array";
    return base::malformed("json-invalid", fmt::format("The file is not a JSON array of recipients: {}. Write "
                                                       "[{{\"to\": \"+491701234567\", \"fields\": {{…}}}}, …]. "
                                                       "Nothing was sent.",
                                                       why));
  }
  Recipients recipients{std::move(parsed.get_array()), {}};
  for (std::size_t i = 0; i < recipients.rows.size(); ++i) {
    if (recipients.rows[i].is_object()) continue;
    return base::malformed("json-invalid",
                           fmt::format("Row {} is not an object such as {{\"to\": …}}. Nothing was sent.", i + 1));
  }
  if (!recipients.rows.empty()) return recipients;
  return base::malformed("recipients-empty", "The file holds no recipient. Nothing was sent.");
}

}  // namespace burstd::ctl
