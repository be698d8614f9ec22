#include "ctl/burst/burst_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>

#include "burst/template.hpp"
#include "config/report.hpp"
#include "ctl/burst/report_rows.hpp"
#include "ctl/wire/session.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/when.hpp"

namespace burstd::ctl {

namespace {

base::Result<std::string> read_file(const std::string& path, std::istream& standard) {
  if (path == "-") return std::string{std::istreambuf_iterator<char>(standard), std::istreambuf_iterator<char>()};
  std::error_code failure;
  const bool folder = std::filesystem::is_directory(path, failure);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (folder || !file) {
    return base::Error{base::Fault::missing, "file-unreadable",
                       fmt::format("cannot read {}: {}. Nothing was sent.", path,
                                   folder ? "it is a folder" : std::strerror(errno == 0 ? EIO : errno))};
  }
  return std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// JSON begins with a bracket (an array) or a brace (told apart so that the sentence is about JSON).
bool looks_like_json(std::string_view octets) {
  if (octets.starts_with("\xEF\xBB\xBF")) octets.remove_prefix(3);
  const std::size_t first = octets.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (octets[first] == '[' || octets[first] == '{');
}

// Of a text it is known what it asks for: nothing else of the file leaves this process.
base::Result<Columns> columns_of(const Draft& draft) {
  Columns columns = draft.columns;
  if (!draft.text) return columns;
  const auto text = burst::Template::parse(*draft.text);
  if (!text) return base::malformed(text.error().code, "--text: " + text.error().sentence);
  columns.fields = text->placeholders();
  return columns;
}

// Every mistake on a line of its own, as config check tells it.
base::Result<config::Report> read_report(const std::string& file) {
  std::vector<config::Complaint> complaints;
  config::Report report = config::load_report(file, complaints);
  if (complaints.empty()) return report;
  std::string sentence = fmt::format("{} is not sound; nothing was sent.", file);
  for (const config::Complaint& complaint : complaints) sentence += "\n" + config::to_string(complaint);
  return base::malformed("report-invalid", std::move(sentence));
}

base::Result<Recipients> read_report_rows(const Draft& draft, const config::Report& report, const Term& term) {
  const auto octets = read_file(draft.file, term.in);
  if (!octets) return octets.error();
  const bool is_json = looks_like_json(*octets);
  const auto sheet = is_json ? sheet_of_json(*octets, report) : read_csv(*octets);
  if (!sheet) return sheet.error();
  return recipients_of_report(*sheet, report);
}

// What the report says where the command does not.
Draft with_report(Draft draft, const config::Report& report) {
  const bool says_nothing = draft.template_name.empty() && !draft.text;
  if (says_nothing && !report.text.empty()) draft.text = report.text;
  if (says_nothing) draft.template_name = report.template_name;
  if (draft.category.empty()) draft.category = report.category;
  return draft;
}

// Whom it goes to, into the request; the rows' lines in their file.
base::Result<std::vector<std::size_t>> put_recipients(json::object& body, const Draft& draft,
                                                      const std::optional<config::Report>& report, const Term& term) {
  const auto columns = columns_of(draft);
  if (!columns) return columns.error();
  if (!draft.group.empty()) {
    body.emplace("group", draft.group);
    return std::vector<std::size_t>();
  }
  auto recipients = report ? read_report_rows(draft, *report, term) : read_recipients(draft.file, *columns, term);
  if (!recipients) return recipients.error();
  if (report) put(body, "timezone", report->appointment.timezone);
  body.emplace("recipients", std::move(recipients->rows));
  return std::move(recipients->lines);
}

base::Result<json::object> body_of(const Draft& draft, const Term& term) {
  if (draft.template_name.empty() && !draft.text) {
    return base::malformed("text-missing",
                           "what shall the messages say? Give --text \"Dear {name}, …\" or --template NAME.");
  }
  const auto send_after = read_start("--send-after", draft.send_after, term.now());
  if (!send_after) return send_after.error();
  const auto expires_at = read_moment("--expires-at", draft.expires_at, term.now());
  if (!expires_at) return expires_at.error();
  json::object body;
  body.emplace("client_ref", draft.client_ref.empty() ? random_ref() : draft.client_ref);
  put(body, "name", draft.name);
  put(body, "template", draft.template_name);
  if (draft.text) body.emplace("text", *draft.text);
  put(body, "category", draft.category);
  put(body, "user", draft.user);
  put(body, "send_after", *send_after);
  put(body, "expires_at", *expires_at);
  return body;
}

}  // namespace

base::Result<Recipients> read_recipients(const std::string& file, const Columns& columns, const Term& term) {
  const auto octets = read_file(file, term.in);
  if (!octets) return octets.error();
  if (looks_like_json(*octets)) return recipients_of_json(*octets);
  const auto sheet = read_csv(*octets);
  if (!sheet) return sheet.error();
  return recipients_of(*sheet, columns, term.now());
}

base::Result<Preview> read_draft(const Draft& given, const Term& term) {
  std::optional<config::Report> report;
  if (!given.report.empty()) {
    auto read = read_report(given.report);
    if (!read) return read.error();
    report = std::move(*read);
  }
  const Draft draft = report ? with_report(given, *report) : given;
  auto body = body_of(draft, term);
  if (!body) return body.error();
  auto lines = put_recipients(*body, draft, report, term);
  if (!lines) return lines.error();
  return Preview{std::move(*body), std::move(*lines)};
}

}  // namespace burstd::ctl
