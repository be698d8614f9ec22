#include "ctl/burst_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>

#include "burst/template.hpp"
#include "ctl/look.hpp"
#include "ctl/session.hpp"
#include "ctl/when.hpp"

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

base::Result<Recipients> read_recipients(const std::string& file, const Columns& columns, const Term& term) {
  const auto octets = read_file(file, term.in);
  if (!octets) return octets.error();
  if (looks_like_json(*octets)) return recipients_of_json(*octets);
  const auto sheet = read_csv(*octets);
  if (!sheet) return sheet.error();
  return recipients_of(*sheet, columns, term.now());
}

}  // namespace

base::Result<Preview> read_draft(const Draft& draft, const Term& term) {
  if (draft.template_name.empty() && !draft.text) {
    return base::malformed("text-missing",
                           "what shall the messages say? Give --text \"Dear {name}, …\" or --template NAME.");
  }
  const auto send_after = read_start("--send-after", draft.send_after, term.now());
  if (!send_after) return send_after.error();
  const auto expires_at = read_moment("--expires-at", draft.expires_at, term.now());
  if (!expires_at) return expires_at.error();
  const auto columns = columns_of(draft);
  if (!columns) return columns.error();
  auto recipients = read_recipients(draft.file, *columns, term);
  if (!recipients) return recipients.error();
  Preview preview{{}, std::move(recipients->lines)};
  preview.body.emplace("client_ref", draft.client_ref.empty() ? random_ref() : draft.client_ref);
  put(preview.body, "name", draft.name);
  put(preview.body, "template", draft.template_name);
  if (draft.text) preview.body.emplace("text", *draft.text);
  put(preview.body, "category", draft.category);
  put(preview.body, "user", draft.user);
  put(preview.body, "send_after", *send_after);
  put(preview.body, "expires_at", *expires_at);
  preview.body.emplace("recipients", std::move(recipients->rows));
  return preview;
}

}  // namespace burstd::ctl
