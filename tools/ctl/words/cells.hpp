// Cells of a sheet as people and spreadsheets write them: cleaned, compared without their case, a phone number that a
// spreadsheet has destroyed, and the faults of many rows told together. Used by what reads recipients. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace burstd::ctl {

// Letters and digits of a word; letters outside ASCII are.
bool is_word(char c);

// "First Name" and "first-name" become "first_name"; letters outside ASCII stay.
std::string folded(std::string_view head);

// Without the blanks around it and without carriage returns.
std::string cleaned(std::string_view cell);

// The fault of a number like "4.17912E+10"; `place` is "Line 3".
std::optional<base::Error> destroyed_number(std::string_view place, const std::string& number);

// The first of them in one sentence each, how many more there are, and that nothing was sent. `faults` is not empty.
base::Error all_faults(const std::vector<base::Error>& faults);

}  // namespace burstd::ctl
