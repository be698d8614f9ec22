// What a patient's answer says: yes, no, stop, start, or something that a person must read. By its whole text and by
// words that are configured, whatever the case and the blanks around them. Pure; the gateway's receiver classes a reply
// once, when it is whole, and config refuses words that would clash.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace burstd::message {

enum class ReplyClass : std::uint8_t { confirm, decline, stop, start, other };

inline constexpr std::array all_reply_classes{ReplyClass::confirm, ReplyClass::decline, ReplyClass::stop,
                                              ReplyClass::start, ReplyClass::other};

struct ReplyWords {
  std::vector<std::string> confirm{"y", "yes"};
  std::vector<std::string> decline{"n", "no"};
  std::vector<std::string> stop{"stop", "stop all", "stopall", "unsubscribe", "quit", "end", "opt out", "optout"};
  std::vector<std::string> start{"start", "unstop"};
};

ReplyClass classify(std::string_view text, const ReplyWords& words);

std::string_view to_string(ReplyClass reply);  // "confirm", …
std::optional<ReplyClass> reply_class_from(std::string_view text);

// True when two words are the same for classify().
bool same_words(std::string_view one, std::string_view other);

}  // namespace burstd::message
