// A table people like to read: columns aligned by display width, cut to the terminal by taking room from
// the most patient column first, bold heads and coloured cells only where the terminal can show them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace burstd::ctl {

enum class Style : std::uint8_t { plain, bold, dim, green, yellow, red };

enum class Side : std::uint8_t { left, right };

struct Column {
  std::string head;
  Side side = Side::left;
  int gives = 0;          // who gives up room first: the highest; 0 is never cut
  std::size_t least = 8;  // and down to how many columns
};

struct Cell {
  Cell() = default;
  Cell(std::string words, Style look = Style::plain) : text(std::move(words)), style(look) {}
  std::string text;
  Style style = Style::plain;
};

struct Look {
  std::size_t width = 0;  // 0: as wide as it needs
  bool colour = false;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : x_columns(std::move(columns)) {}

  void add(std::vector<Cell> row);
  bool empty() const { return x_rows.empty(); }

  // Columns that are empty in every row are left out.
  std::string render(const Look& look) const;

 private:
  std::vector<std::size_t> widths(std::size_t limit) const;
  std::string line(const std::vector<Cell>& row, const std::vector<std::size_t>& widths, bool colour) const;

  std::vector<Column> x_columns;
  std::vector<std::vector<Cell>> x_rows;
};

// The text between the escapes of a style; the text alone when `colour` is false.
std::string painted(std::string_view text, Style style, bool colour);

}  // namespace burstd::ctl
