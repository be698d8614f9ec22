#include "ctl/words/cells.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t faults_shown = 5;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "4.17912E+10", "4,2e10": digits, perhaps a fraction, an exponent, as spreadsheets write large numbers.
bool destroyed(std::string_view number) {
  const std::size_t mark = number.find_first_of("eE");
  if (mark == 0 || mark == std::string_view::npos) return false;
  const std::string_view before = number.substr(0, mark);
  std::string_view exponent = number.substr(mark + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  const bool shaped =
      std::all_of(before.begin(), before.end(), [](char c) { return is_digit(c) || c == '.' || c == ','; });
  return shaped && is_digit(before.front()) && !exponent.empty() && exponent.size() <= 2 &&
         std::all_of(exponent.begin(), exponent.end(), is_digit);
}

}  // namespace

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string folded(std::string_view head) {
  std::string name;
  for (const char c : head) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_word(c)) {
      name += small;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name;
}

std::string cleaned(std::string_view cell) {
  std::string kept(trimmed(cell));
  std::erase(kept, '\r');
  return kept;
}

std::optional<base::Error> destroyed_number(std::string_view place, const std::string& number) {
  if (!destroyed(number)) return {};
  return base::malformed("recipients-number-destroyed",
                         fmt::format("{}: \"{}\" is what a spreadsheet made of a phone number; digits are lost. "
                                     "Format the column as text, enter the numbers again and save.",
                                     place, number));
}

base::Error all_faults(const std::vector<base::Error>& faults) {
  std::string sentence;
  for (std::size_t i = 0; i < std::min(faults.size(), faults_shown); ++i) sentence += faults[i].sentence + "\n";
  if (faults.size() > faults_shown) sentence += fmt::format("… and {} more lines.\n", faults.size() - faults_shown);
  return base::malformed(faults.front().code, sentence + "Nothing was sent.");
}

}  // namespace burstd::ctl
