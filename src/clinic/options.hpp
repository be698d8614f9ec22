// What the administrator sets about messages and bursts. config fills it from the section "clinic"; its faults
// (an unknown country, a broken template) are found at the start, not at the first message.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pdu/segment.hpp"

namespace burstd::clinic {

// Those that come with the gateway; a configured one takes another name.
inline constexpr std::array<std::string_view, 1> maintained_templates{"appointment-reminder"};

// What a message, a burst and a reminder are for when nobody says it: these must be among Options::categories.
inline constexpr std::string_view direct_category = "direct", group_category = "group", reminder_category = "reminder";

struct Template {
  std::string text;
  std::string description;
  std::optional<int> max_segments = {};  // a longer text is refused, also where most_segments allows it
};

// Whom alarms go to, over another modem than the one they are about.
struct AlarmOptions {
  std::string to;                  // E.164; empty: nobody
  std::chrono::minutes after{10};  // that a modem may be away
  int most_a_day = 5;
};

struct Options {
  std::string country = "CH";              // ISO 3166: the numbering plan for numbers as people type them
  std::string timezone = "Europe/Zurich";  // of messages that do not name theirs
  std::vector<std::string> categories{"reminder", "recall", "result", "group", "direct"};
  std::chrono::hours expiry{24};                // expires_at where nothing else says so
  std::chrono::minutes appointment_margin{60};  // expires_at is appointment_at minus this
  pdu::Alphabets alphabets;                     // national language tables that texts may be written with: none
  int most_segments = 10;                       // a longer text is refused ("too-long")
  std::chrono::minutes preview_lifetime{24 * 60};
  std::size_t most_rows = 10'000;
  std::size_t queue_cap = 200'000;         // waiting messages; beyond: 503 queue-full
  int margin = 50;                         // segments, for the yellow light
  std::string date_format = "dd.MM.yyyy";  // of {date}, where a row has an appointment and does not say the date …
  std::string time_format = "HH:mm";       // … and of {time}: burst::Pattern
  std::string clinic_name;                 // stands for {clinic} where a row does not say it
  std::vector<std::string> confidential_words;  // a text that holds one is flagged in previews
  std::map<std::string, Template> templates;    // by name; the maintained ones come with the gateway
  AlarmOptions alarms;
};

}  // namespace burstd::clinic
