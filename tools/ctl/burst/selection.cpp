#include "ctl/burst/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

struct Span {
  int first, last;
};

std::optional<int> read_row(std::string_view text) {
  text = trimmed(text, " ");
  int row = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), row);
  if (failure != std::errc{} || end != text.data() + text.size() || row < 1 || row > most_rows) return {};
  return row;
}

std::optional<Span> read_span(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = read_row(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : read_row(text.substr(dash + 1));
  if (!first || !last || *last < *first) return {};
  return Span{*first, *last};
}

}  // namespace

std::string as_id(std::string_view typed) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
  std::string id(trimmed(typed));
  if (id.find_first_not_of(letters) != std::string::npos) return id;
  for (char& letter : id) letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  return id;
}

base::Result<std::vector<int>> read_rows(std::string_view typed) {
  std::set<int> rows;
  for (std::string_view rest = typed;;) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const auto span = read_span(rest.substr(0, comma));
    if (!span) {
      return base::malformed("rows-invalid", fmt::format("\"{}\" is no list of rows. Write row numbers of the preview, "
                                                         "counted from 1, such as 3,7-9.",
                                                         typed));
    }
    for (int row = span->first; row <= span->last; ++row) rows.insert(row);
    if (comma == rest.size()) return std::vector<int>(rows.begin(), rows.end());
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace burstd::ctl
