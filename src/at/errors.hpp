// The error tables behind meaning() (failure.hpp): numbers, the standard's names, whose fault, and a sentence.
// The numbers of +CMS ERROR and +CME ERROR are different languages and never mixed.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "at/failure.hpp"

namespace burstd::at {

// A row holds for the codes from Meaning::code to `last`.
struct ErrorRow {
  Meaning meaning;
  int last;
};

std::span<const ErrorRow> cms_errors();  // RP-cause, TP-FCS, equipment, vendor: ascending
std::span<const ErrorRow> cme_errors();  // 27.007 9.2: ascending

// The number of an error that the modem gave in words (+CMEE=2).
std::optional<int> code_of_words(Failure::Kind kind, std::string_view words);

}  // namespace burstd::at
