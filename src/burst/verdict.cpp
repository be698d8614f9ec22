#include "burst/verdict.hpp"

#include <algorithm>

namespace burstd::burst {

namespace {

struct Word {
  std::string_view name;
  std::string_view sentence;
};

constexpr std::array<Word, all_verdicts.size()> verdict_words{
    Word{"ok", ""},
    Word{"number-missing", "Phone number is missing"},
    Word{"number-invalid", "Phone number is not valid"},
    Word{"opted-out", "Recipient opted out"},
    Word{"too-long", "Text is too long"},
    Word{"field-missing", "A value for the text is missing"},
    Word{"expired", "Expired before sending"},
    Word{"excluded", "Excluded by the caller"},
    Word{"already-accepted", "Already accepted before"},
};

constexpr std::array<Word, all_flags.size()> flag_words{
    Word{"number-not-mobile", "This does not look like a mobile number"},
    Word{"duplicate-number", "Another row has the same phone number"},
    Word{"duplicate-row", "Another row is the same"},
    Word{"recently-sent",
         "This patient was already written to about this appointment, or this text to this number, in the last 24 "
         "hours; select the row to send it all the same"},
    Word{"would-expire", "It may expire before its turn comes"},
    Word{"confidential-word", "The text holds a word that others should not read"},
};

}  // namespace

std::string_view to_string(Verdict verdict) { return verdict_words.at(static_cast<std::size_t>(verdict)).name; }

std::string_view to_string(Flag flag) { return flag_words.at(static_cast<std::size_t>(flag)).name; }

std::optional<Verdict> verdict_from(std::string_view text) {
  const auto* const found = std::ranges::find(verdict_words, text, &Word::name);
  if (found == verdict_words.end()) return std::nullopt;
  return all_verdicts.at(static_cast<std::size_t>(found - verdict_words.begin()));
}

std::optional<Flag> flag_from(std::string_view text) {
  const auto* const found = std::ranges::find(flag_words, text, &Word::name);
  if (found == flag_words.end()) return std::nullopt;
  return all_flags.at(static_cast<std::size_t>(found - flag_words.begin()));
}

std::string_view sentence(Verdict verdict) { return verdict_words.at(static_cast<std::size_t>(verdict)).sentence; }

std::string sentence(Verdict verdict, const std::vector<std::string>& missing) {
  std::string said(sentence(verdict));
  if (verdict != Verdict::field_missing) return said;
  for (const std::string& name : missing) said += (&name == &missing.front() ? ": " : ", ") + name;
  return said;
}

std::string_view sentence(Flag flag) { return flag_words.at(static_cast<std::size_t>(flag)).sentence; }

}  // namespace burstd::burst
