#include "ctl/words/table.hpp"

#include <algorithm>
#include <numeric>

#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t gap = 2;

std::string_view escape(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::bold:
      return "\x1b[1m";
    case Style::dim:
      return "\x1b[2m";
    case Style::green:
      return "\x1b[32m";
    case Style::yellow:
      return "\x1b[33m";
    case Style::red:
      return "\x1b[31m";
  }
  return "";
}

std::size_t total(const std::vector<std::size_t>& widths) {
  std::size_t sum = 0, shown = 0;
  for (const std::size_t width : widths) {
    sum += width;
    shown += width > 0 ? 1 : 0;
  }
  return sum + (shown > 1 ? (shown - 1) * gap : 0);
}

std::string trimmed_end(std::string line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

}  // namespace

std::string painted(std::string_view text, Style style, bool colour) {
  if (!colour || style == Style::plain || text.empty()) return std::string(text);
  return std::string(escape(style)) + std::string(text) + "\x1b[0m";
}

void Table::add(std::vector<Cell> row) {
  row.resize(x_columns.size());
  for (Cell& cell : row) cell.text = printable(cell.text);
  x_rows.push_back(std::move(row));
}

std::vector<std::size_t> Table::widths(std::size_t limit) const {
  std::vector<std::size_t> widths(x_columns.size(), 0);
  for (const auto& row : x_rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i].text));
  }
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (widths[i] > 0) widths[i] = std::max(widths[i], display_width(x_columns[i].head));
  }
  std::vector<std::size_t> order(widths.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [this](std::size_t a, std::size_t b) { return x_columns[a].gives > x_columns[b].gives; });
  for (const std::size_t i : order) {
    const std::size_t all = total(widths);
    if (limit == 0 || all <= limit) break;
    if (x_columns[i].gives == 0 || widths[i] <= x_columns[i].least) continue;
    widths[i] -= std::min(all - limit, widths[i] - x_columns[i].least);
  }
  return widths;
}

std::string Table::line(const std::vector<Cell>& row, const std::vector<std::size_t>& widths, bool colour) const {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (widths[i] == 0) continue;
    if (!line.empty()) line.append(gap, ' ');
    const std::string text = cut(row[i].text, widths[i]);
    const std::string room(widths[i] - display_width(text), ' ');
    const std::string words = painted(text, row[i].style, colour);
    line += x_columns[i].side == Side::right ? room + words : words + room;
  }
  return trimmed_end(std::move(line)) + "\n";
}

std::string Table::render(const Look& look) const {
  const std::vector<std::size_t> widths = this->widths(look.width);
  std::vector<Cell> heads;
  for (const Column& column : x_columns) heads.emplace_back(column.head, Style::bold);
  std::string text = line(heads, widths, look.colour);
  for (const auto& row : x_rows) text += line(row, widths, look.colour);
  return text;
}

}  // namespace burstd::ctl
