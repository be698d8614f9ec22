#include "clinic/selection.hpp"

#include <algorithm>
#include <charconv>

namespace burstd::clinic {

std::vector<int> unknown_rows(const Selection& selection, int rows) {
  std::vector<int> unknown;
  for (const auto& list : {selection.select, selection.deselect}) {
    if (!list) continue;
    std::ranges::copy_if(*list, std::back_inserter(unknown), [&](int row) { return row < 1 || row > rows; });
  }
  return unknown;
}

std::set<int> selected_rows(const Selection& selection, const std::vector<store::BatchLine>& lines) {
  if (selection.select) return {selection.select->begin(), selection.select->end()};
  std::set<int> rows;
  for (const store::BatchLine& line : lines) {
    if (line.selected) rows.insert(line.row);
  }
  if (selection.deselect) {
    for (const int row : *selection.deselect) rows.erase(row);
  }
  return rows;
}

std::string canonical(const std::set<int>& rows) {
  std::string text;
  for (auto row = rows.begin(); row != rows.end();) {
    const int first = *row;
    int last = first;
    for (++row; row != rows.end() && *row == last + 1; ++row) last = *row;
    text += (text.empty() ? "" : ",") + std::to_string(first);
    if (last != first) text += "-" + std::to_string(last);
  }
  return text.empty() ? "none" : text;
}

std::set<int> rows_in(std::string_view canonical) {
  std::set<int> rows;
  const char* const end = canonical.data() + canonical.size();
  for (const char* at = canonical.data(); at < end; ++at) {  // over the comma
    int first = 0;
    const auto [dash, failure] = std::from_chars(at, end, first);
    if (failure != std::errc()) break;
    int last = first;
    at = dash != end && *dash == '-' ? std::from_chars(dash + 1, end, last).ptr : dash;
    for (int row = first; row <= last; ++row) rows.insert(rows.end(), row);
  }
  return rows;
}

}  // namespace burstd::clinic
