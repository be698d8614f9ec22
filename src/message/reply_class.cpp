#include "message/reply_class.hpp"

#include <algorithm>

#include "base/letters.hpp"

namespace burstd::message {

namespace {

constexpr std::array<std::string_view, all_reply_classes.size()> class_names{"confirm", "decline", "stop", "start",
                                                                             "other"};

bool is_one_of(const std::u32string& said, const std::vector<std::string>& words) {
  return std::ranges::any_of(words, [&](const std::string& word) { return base::bare_words(word) == said; });
}

}  // namespace

ReplyClass classify(std::string_view text, const ReplyWords& words) {
  const std::u32string said = base::bare_words(text);
  if (said.empty()) return ReplyClass::other;
  if (is_one_of(said, words.stop)) return ReplyClass::stop;
  if (is_one_of(said, words.start)) return ReplyClass::start;
  if (is_one_of(said, words.decline)) return ReplyClass::decline;
  return is_one_of(said, words.confirm) ? ReplyClass::confirm : ReplyClass::other;
}

std::string_view to_string(ReplyClass reply) { return class_names.at(static_cast<std::size_t>(reply)); }

std::optional<ReplyClass> reply_class_from(std::string_view text) {
  const auto* const found = std::ranges::find(class_names, text);
  if (found == class_names.end()) return std::nullopt;
  return all_reply_classes.at(static_cast<std::size_t>(found - class_names.begin()));
}

bool same_words(std::string_view one, std::string_view other) {
  return base::bare_words(one) == base::bare_words(other);
}

}  // namespace burstd::message
