#include "config/reply_words.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "config/words.hpp"

namespace burstd::config {

namespace {

constexpr std::size_t most_characters = 160;
constexpr std::array never_stop{"cancel", "yes"};  // of an appointment, and to a question

struct Meant {
  const char* key;
  const std::vector<std::string>& words;
};

bool holds(const std::vector<std::string>& words, std::string_view wanted) {
  return std::ranges::any_of(words, [&](const std::string& word) { return message::same_words(word, wanted); });
}

void check_clashes(const Slot& slot, const Meant& one, const Meant& other) {
  for (const std::string& word : one.words) {
    if (!holds(other.words, word)) continue;
    slot.complain_at({other.key, one.key}, "\"" + word + "\" stands under \"" + one.key + "\" and under \"" +
                                               other.key + "\", so nobody could tell what it means");
  }
}

}  // namespace

void check_reply_words(const Slot& slot, const message::ReplyWords& words) {
  const std::array meant{Meant{"confirm", words.confirm}, Meant{"decline", words.decline}, Meant{"stop", words.stop},
                         Meant{"start", words.start}};
  for (auto one = meant.begin(); one != meant.end(); ++one) {
    for (auto other = one + 1; other != meant.end(); ++other) check_clashes(slot, *one, *other);
    for (const std::string& word : one->words) {
      if (message::same_words(word, ""))
        slot.complain_at({one->key}, "an empty word stands under \"" + std::string(one->key) + "\"");
    }
  }
  if (!holds(words.stop, "stop"))
    slot.complain_at({"stop"}, "\"stop\" must hold STOP, which patients are told everywhere");
  if (!holds(words.start, "start"))
    slot.complain_at({"start"}, "\"start\" must hold START, which patients are told everywhere");
  for (const char* const word : never_stop) {
    if (holds(words.stop, word))
      slot.complain_at({"stop"},
                       "\"" + std::string(word) + "\" may not stand under \"stop\": patients say it of an appointment");
  }
}

base::Result<std::string> short_text(const std::string& text) {
  auto read = any_text(text);
  if (!read) return read;
  const auto points = base::from_utf8(text);
  if (!points) return wrong("must be UTF-8");
  if (points->size() > most_characters) return wrong("may have at most 160 characters");
  if (message::same_words(text, "")) return wrong("must not be blank");
  return read;
}

}  // namespace burstd::config
