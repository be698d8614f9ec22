// The words of a preview: why a row cannot be sent, and what only warns. One table each, with the sentence that a
// receptionist reads. Used by previews, by sending and by the check of a single text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace burstd::burst {

enum class Verdict : std::uint8_t {
  ok,
  number_missing,
  number_invalid,
  opted_out,
  too_long,
  field_missing,
  expired,
  excluded,
  already_accepted,
};

enum class Flag : std::uint8_t {
  number_not_mobile,
  duplicate_number,  // an earlier row has the same number
  duplicate_row,     // an earlier row is the same in number, text, patient and appointment
  recently_sent,     // the record has a like item of the last 24 hours
  would_expire,      // it is likely to expire before its turn comes
  confidential_word,
};

inline constexpr std::array all_verdicts{Verdict::ok,        Verdict::number_missing, Verdict::number_invalid,
                                         Verdict::opted_out, Verdict::too_long,       Verdict::field_missing,
                                         Verdict::expired,   Verdict::excluded,       Verdict::already_accepted};

inline constexpr std::array all_flags{Flag::number_not_mobile, Flag::duplicate_number, Flag::duplicate_row,
                                      Flag::recently_sent,     Flag::would_expire,     Flag::confidential_word};

std::string_view to_string(Verdict verdict);  // "ok", "number-missing", …
std::string_view to_string(Flag flag);
std::optional<Verdict> verdict_from(std::string_view text);
std::optional<Flag> flag_from(std::string_view text);

std::string_view sentence(Verdict verdict);  // empty for ok

// With the names of what is missing, where that is the reason.
std::string sentence(Verdict verdict, const std::vector<std::string>& missing);

std::string_view sentence(Flag flag);

}  // namespace burstd::burst
