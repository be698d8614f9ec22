#include "ctl/burst/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::string_view utf8_remedy =
    "Nothing was sent. Save the file again as \"CSV UTF-8\" (in a spreadsheet: Save As, character set UTF-8).";

base::Error encoding(std::string_view what) {
  return base::malformed("csv-encoding", fmt::format("{} {}", what, utf8_remedy));
}

std::size_t line_of(std::string_view octets, std::size_t at) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < at; ++i) {
    const bool pair = octets[i] == '\r' && i + 1 < octets.size() && octets[i + 1] == '\n';
    if (octets[i] == '\n' || (octets[i] == '\r' && !pair)) ++line;
  }
  return line;
}

// The first line whose octets are no UTF-8. A character never spans lines, so lines can be looked at one by one.
std::optional<std::size_t> broken_line(std::string_view octets) {
  for (std::size_t begin = 0; begin < octets.size();) {
    const std::size_t end = std::min(octets.find('\n', begin), octets.size());
    if (!base::is_utf8(octets.substr(begin, end - begin))) return line_of(octets, begin);
    begin = end + 1;
  }
  return {};
}

std::optional<base::Error> wrong_encoding(std::string_view octets) {
  if (octets.starts_with("\xFF\xFE") || octets.starts_with("\xFE\xFF")) return encoding("The file is UTF-16.");
  if (const auto line = broken_line(octets)) return encoding(fmt::format("Line {}: not UTF-8.", *line));
  const std::size_t nul = octets.find('\0');
  if (nul != std::string_view::npos) {
    return encoding(fmt::format("Line {}: a character with code 0; this is no text file.", line_of(octets, nul)));
  }
  return {};
}

// One record after another; inside a quoted cell delimiters and line ends are text.
class Reader {
 public:
  Reader(std::string_view octets, char delimiter, std::size_t line)
      : x_rest(octets), x_delimiter(delimiter), x_line(line) {}

  bool done() const { return x_rest.empty(); }

  base::Result<Record> next() {
    Record record{x_line, {}};
    while (true) {
      auto cell = take_cell();
      if (!cell) return cell.error();
      record.cells.push_back(std::move(*cell));
      if (x_rest.empty() || take_line_end()) return record;
      x_rest.remove_prefix(1);  // the delimiter
    }
  }

 private:
  base::Result<std::string> take_cell() {
    if (x_rest.empty() || x_rest.front() != '"') return take_bare();
    return take_quoted();
  }

  std::string take_bare() {
    const std::array stops{x_delimiter, '\r', '\n'};
    const std::size_t end = std::min(x_rest.find_first_of(std::string_view(stops.data(), stops.size())), x_rest.size());
    std::string cell(x_rest.substr(0, end));
    x_rest.remove_prefix(end);
    return cell;
  }

  base::Result<std::string> take_quoted() {
    const std::size_t opened = x_line;
    x_rest.remove_prefix(1);
    std::string cell;
    while (!x_rest.empty()) {
      const std::size_t quote = std::min(x_rest.find('"'), x_rest.size());
      cell += take(quote);
      if (x_rest.empty()) break;
      x_rest.remove_prefix(1);
      if (!x_rest.starts_with('"')) return closed(std::move(cell));
      cell += '"';
      x_rest.remove_prefix(1);
    }
    return base::malformed("csv-quote", fmt::format("Line {}: a quotation mark is opened and never closed. Nothing was "
                                                    "sent. Close it, or write \"\" for a mark inside a quoted cell.",
                                                    opened));
  }

  base::Result<std::string> closed(std::string cell) const {
    const bool clean =
        x_rest.empty() || x_rest.front() == x_delimiter || x_rest.front() == '\r' || x_rest.front() == '\n';
    if (clean) return cell;
    return base::malformed("csv-quote", fmt::format("Line {}: text follows a closing quotation mark. Nothing was sent. "
                                                    "Write \"\" for a mark inside a quoted cell.",
                                                    x_line));
  }

  std::string_view take(std::size_t count) {
    const std::string_view text = x_rest.substr(0, count);
    x_line += line_of(text, text.size()) - 1;
    x_rest.remove_prefix(count);
    return text;
  }

  bool take_line_end() {
    const std::size_t length = x_rest.starts_with("\r\n")                         ? 2
                               : x_rest.front() == '\r' || x_rest.front() == '\n' ? 1
                                                                                  : 0;
    x_rest.remove_prefix(length);
    x_line += length > 0 ? 1 : 0;
    return length > 0;
  }

  std::string_view x_rest;
  char x_delimiter;
  std::size_t x_line;
};

// The delimiter that splits the first line into most cells, quoted text aside; a comma when none does.
char delimiter_of(std::string_view octets) {
  constexpr std::array candidates{',', ';', '\t'};
  std::array<std::size_t, 3> seen{};
  bool quoted = false;
  for (const char c : octets) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) break;
    const auto* found = std::find(candidates.begin(), candidates.end(), c);
    if (!quoted && found != candidates.end()) ++seen.at(static_cast<std::size_t>(found - candidates.begin()));
  }
  return candidates.at(static_cast<std::size_t>(std::max_element(seen.begin(), seen.end()) - seen.begin()));
}

bool blank(const Record& record) {
  return std::all_of(record.cells.begin(), record.cells.end(),
                     [](const std::string& cell) { return cell.find_first_not_of(" \t") == std::string::npos; });
}

std::optional<base::Error> wrong_heads(const Record& head) {
  for (std::size_t i = 0; i < head.cells.size(); ++i) {
    const auto same = std::find(head.cells.begin(), head.cells.begin() + static_cast<std::ptrdiff_t>(i), head.cells[i]);
    if (head.cells[i].empty() || same == head.cells.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    return base::malformed("csv-heads",
                           fmt::format("Line {}: two columns are called \"{}\". Nothing was sent. Give each "
                                       "column its own name.",
                                       head.line, head.cells[i]));
  }
  return {};
}

std::optional<base::Error> wrong_row(const Record& head, const Record& row) {
  if (row.cells.size() > head.cells.size()) {
    return base::malformed(
        "csv-too-many-cells",
        fmt::format("Line {}: {} cells, but line {} names {} columns. Nothing was sent. Put quotation "
                    "marks around a cell that holds the delimiter, or remove the extra cell.",
                    row.line, row.cells.size(), head.line, head.cells.size()));
  }
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (!head.cells[i].empty() || row.cells[i].empty()) continue;
    return base::malformed("csv-heads", fmt::format("Line {}: column {} holds text but has no name in line {}. Nothing "
                                                    "was sent. Name the column, or empty it.",
                                                    row.line, i + 1, head.line));
  }
  return {};
}

base::Result<Sheet> read_sheet(Reader reader, char delimiter) {
  Sheet sheet{delimiter, {}, {}};
  bool headed = false;
  while (!reader.done()) {
    auto record = reader.next();
    if (!record) return record.error();
    if (blank(*record)) continue;
    if (!headed) {
      for (std::string& cell : record->cells) cell = std::string(trimmed(cell, " \t"));
      if (auto wrong = wrong_heads(*record)) return *wrong;
      sheet.head = std::move(*record);
      headed = true;
      continue;
    }
    if (auto wrong = wrong_row(sheet.head, *record)) return *wrong;
    record->cells.resize(sheet.head.cells.size());
    sheet.rows.push_back(std::move(*record));
  }
  if (headed) return sheet;
  return base::malformed("csv-empty",
                         "The file is empty. Its first line must name the columns, for example: "
                         "name,mobile_number");
}

// A spreadsheet's own hint, on a line before the header.
std::optional<char> hinted_delimiter(std::string_view octets) {
  constexpr std::string_view hint = "sep=";
  if (!octets.starts_with(hint) || octets.size() == hint.size()) return {};
  const char delimiter = octets[hint.size()];
  if (delimiter == '\r' || delimiter == '\n' || delimiter == '"') return {};
  return delimiter;
}

}  // namespace

base::Result<Sheet> read_csv(std::string_view octets) {
  if (auto wrong = wrong_encoding(octets)) return *wrong;
  if (octets.starts_with("\xEF\xBB\xBF")) octets.remove_prefix(3);
  std::size_t line = 1;
  char delimiter = 0;
  if (const auto hinted = hinted_delimiter(octets)) {
    delimiter = *hinted;
    octets.remove_prefix(std::min(octets.find_first_of("\r\n"), octets.size()));
    octets.remove_prefix(octets.starts_with("\r\n") ? 2 : std::min<std::size_t>(octets.size(), 1));
    line = 2;
  }
  const std::size_t first = std::min(octets.find_first_not_of("\r\n"), octets.size());
  if (delimiter == 0) delimiter = delimiter_of(octets.substr(first));
  return read_sheet(Reader(octets, delimiter, line), delimiter);
}

}  // namespace burstd::ctl
