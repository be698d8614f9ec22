#include "ctl/burst/csv.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace burstd::ctl {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// A cell as RFC 4180 describes it: quotes where needed, and now and then where not.
std::string write_cell(const std::string& cell, const std::string& delimiter, std::mt19937& chance) {
  const bool needed = cell.find_first_of("\"\r\n" + delimiter) != std::string::npos;
  if (!needed && chance() % 4 != 0) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string write_csv(const Rows& rows, const std::string& delimiter, std::mt19937& chance) {
  const std::string line_end = chance() % 2 == 0 ? "\n" : "\r\n";
  std::string octets;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      octets += (i > 0 ? delimiter : "") + write_cell(row[i], delimiter, chance);
    octets += line_end;
  }
  return octets;
}

std::string random_cell(std::mt19937& chance) {
  const std::vector<std::string> pieces{"a", "\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "ä", "🏥", "", "+41", "''"};
  std::string cell;
  for (std::size_t n = chance() % 5; n > 0; --n) cell += pieces[chance() % pieces.size()];
  return cell;
}

// A head and up to four rows; the first cell is filled, so that no row is an empty line.
Rows random_rows(std::mt19937& chance) {
  const std::size_t columns = 2 + chance() % 4;
  Rows rows{{}};
  for (std::size_t i = 0; i < columns; ++i) rows[0].push_back("column " + std::to_string(i));
  for (std::size_t r = chance() % 5; r > 0; --r) {
    std::vector<std::string> row{"filled"};
    while (row.size() < columns) row.push_back(random_cell(chance));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string code_of(const base::Result<Sheet>& sheet) { return sheet ? "read" : sheet.error().code; }

std::string sentence_of(std::string_view octets) {
  const auto sheet = read_csv(octets);
  return sheet ? "read" : sheet.error().sentence;
}

TEST(Csv, ReadsHeadsRowsAndTheLinesTheyBeginOn) {
  const auto sheet = read_csv("name,to\nAnna,0791\nBob,0792\n");
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->head.cells, (std::vector<std::string>{"name", "to"}));
  ASSERT_EQ(sheet->rows.size(), 2U);
  EXPECT_EQ(sheet->rows[1].cells, (std::vector<std::string>{"Bob", "0792"}));
  EXPECT_EQ(sheet->rows[1].line, 3U);
}

TEST(Csv, TakesCrlfABomAndALastLineWithoutAnEnd) {
  const auto sheet = read_csv("\xEF\xBB\xBFname;to\r\nAnna;0791\r\nBob;0792");
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->delimiter, ';');
  EXPECT_EQ(sheet->head.cells.front(), "name");
  ASSERT_EQ(sheet->rows.size(), 2U);
  EXPECT_EQ(sheet->rows[1].cells[1], "0792");
}

TEST(Csv, TakesOldMacLineEnds) {
  const auto sheet = read_csv("name,to\rAnna,0791\rBob,0792\r");
  ASSERT_TRUE(sheet);
  ASSERT_EQ(sheet->rows.size(), 2U);
  EXPECT_EQ(sheet->rows[1].line, 3U);
}

TEST(Csv, FindsTheDelimiterInTheHeaderAlone) {
  EXPECT_EQ(read_csv("a\tb\n1,2;3\t4\n")->delimiter, '\t');
  EXPECT_EQ(read_csv("\"a,b,c\";d\n1;2\n")->delimiter, ';');
  EXPECT_EQ(read_csv("to\n0791\n")->delimiter, ',');
}

TEST(Csv, HeedsASpreadsheetsHintAboutTheDelimiter) {
  const auto sheet = read_csv("sep=;\r\nname, first;to\r\nAnna;0791\r\n");
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->head.cells, (std::vector<std::string>{"name, first", "to"}));
  EXPECT_EQ(sheet->head.line, 2U);
  EXPECT_EQ(sheet->rows.at(0).line, 3U);
}

TEST(Csv, HeedsTheHintWhateverTheLineEnds) {
  for (const char* octets :
       {"sep=;\rname;to\rAnna;0791\r", "sep=;\nname;to\nAnna;0791", "sep=;\n\nname;to\nAnna;0791"}) {
    const auto sheet = read_csv(octets);
    ASSERT_TRUE(sheet) << octets;
    EXPECT_EQ(sheet->head.cells, (std::vector<std::string>{"name", "to"}));
    EXPECT_EQ(sheet->rows.size(), 1U);
  }
  EXPECT_EQ(read_csv("sep=\nx\n")->head.cells.front(), "sep=") << "no hint: a head";
}

TEST(Csv, KeepsDelimitersQuotesAndLineEndsInsideQuotes) {
  const auto sheet = read_csv("text,to\n\"a, \"\"b\"\"\nc\",0791\nd,0792\n");
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->rows.at(0).cells[0], "a, \"b\"\nc");
  EXPECT_EQ(sheet->rows.at(0).line, 2U);
  EXPECT_EQ(sheet->rows.at(1).line, 4U) << "the quoted line end counts";
}

TEST(Csv, TakesAQuotationMarkInTheMiddleOfABareCellAsText) {
  EXPECT_EQ(read_csv("name,to\nAnna \"Annie\" M,1\n")->rows.at(0).cells[0], "Anna \"Annie\" M");
}

TEST(Csv, FillsShortRowsAndLeavesOutEmptyLines) {
  const auto sheet = read_csv("\n\na,b,c\n1\n\n,,\n   \n1,2,3\n");
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->head.line, 3U);
  ASSERT_EQ(sheet->rows.size(), 2U);
  EXPECT_EQ(sheet->rows[0].cells, (std::vector<std::string>{"1", "", ""}));
  EXPECT_EQ(sheet->rows[1].line, 8U);
}

TEST(Csv, RefusesARowWithTooManyCellsAndNamesItsLine) {
  const std::string said = sentence_of("name,to\n\"Anna\nB\",1\nBob, Jr.,0792\n");
  EXPECT_EQ(code_of(read_csv("a,b\n1,2,3\n")), "csv-too-many-cells");
  EXPECT_NE(said.find("Line 4: 3 cells, but line 1 names 2 columns"), std::string::npos) << said;
  EXPECT_NE(said.find("Nothing was sent"), std::string::npos) << said;
}

TEST(Csv, RefusesEvenAnEmptyCellTooMany) { EXPECT_EQ(code_of(read_csv("a,b\n1,2,\n")), "csv-too-many-cells"); }

TEST(Csv, AllowsAColumnWithoutANameOnlyWhenItIsEmpty) {
  EXPECT_TRUE(read_csv("a,b,\n1,2,\n3,4,\n"));
  EXPECT_NE(sentence_of("a,b,\n1,2,\n3,4,5\n").find("Line 3: column 3"), std::string::npos);
}

TEST(Csv, RefusesTwoColumnsOfOneName) { EXPECT_EQ(code_of(read_csv("to, to\n1,2\n")), "csv-heads"); }

TEST(Csv, RefusesWrongUtf8WithItsLine) {
  const std::string said = sentence_of("name,to\nAnna,1\nM\xFCller,2\n");
  EXPECT_EQ(code_of(read_csv("M\xFCller,to\n")), "csv-encoding");
  EXPECT_NE(said.find("Line 3"), std::string::npos) << said;
  EXPECT_NE(said.find("CSV UTF-8"), std::string::npos) << said;
}

TEST(Csv, RefusesUtf16AndBinaryFiles) {
  using std::string_literals::operator""s;
  EXPECT_NE(sentence_of("\xFF\xFEn\0a\0"s).find("UTF-16"), std::string::npos);
  EXPECT_NE(sentence_of("name,to\nA\0b,1\n"s).find("Line 2"), std::string::npos);
}

TEST(Csv, RefusesAQuoteThatIsNeverClosedWithTheLineItOpens) {
  const std::string said = sentence_of("name,to\nAnna,1\n\"Bob,2\nCarl,3\n");
  EXPECT_EQ(code_of(read_csv("a,b\n\"x,y\n")), "csv-quote");
  EXPECT_NE(said.find("Line 3"), std::string::npos) << said;
}

TEST(Csv, RefusesTextAfterAClosingQuote) {
  EXPECT_NE(sentence_of("name,to\n\"Anna\" M,1\n").find("Line 2"), std::string::npos);
}

TEST(Csv, RefusesAnEmptyFile) {
  for (const char* octets : {"", "\n\n", "\xEF\xBB\xBF", " \r\n", "sep=;", "sep=;\n"}) {
    EXPECT_EQ(code_of(read_csv(octets)), "csv-empty") << octets;
  }
}

TEST(Csv, AFileCutAnywhereIsReadOrRefusedButNeverMisread) {
  const std::string whole = "name;to\r\n\"Ä;\"\"b\"\"\r\n\";1\r\nBob;2\r\n";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    const auto sheet = read_csv(std::string_view(whole).substr(0, length));
    if (!sheet) continue;
    for (const Record& row : sheet->rows) EXPECT_EQ(row.cells.size(), sheet->head.cells.size()) << length;
  }
}

TEST(Csv, WhatAWriterWroteIsReadBack) {
  std::mt19937 chance(7);
  for (int round = 0; round < 2000; ++round) {
    const std::string delimiter(1, ",;\t"[chance() % 3]);
    const Rows rows = random_rows(chance);
    const std::string octets = write_csv(rows, delimiter, chance);
    const auto sheet = read_csv(octets);
    ASSERT_TRUE(sheet) << sheet.error().sentence << "\n" << octets;
    ASSERT_EQ(sheet->delimiter, delimiter[0]) << octets;
    Rows read{sheet->head.cells};
    for (const Record& row : sheet->rows) read.push_back(row.cells);
    ASSERT_EQ(read, rows) << octets;
  }
}

}  // namespace
}  // namespace burstd::ctl
