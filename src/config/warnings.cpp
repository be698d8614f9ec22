#include "config/warnings.hpp"

#include <array>

#include "base/counted.hpp"
#include "message/window.hpp"

namespace burstd::config {

namespace {

constexpr int minutes_of_hour = 60;

// "60 hours", "44 hours 30 minutes"
std::string in_words(int length) {
  std::string words = base::counted(length / minutes_of_hour, "hour", "hours");
  if (length % minutes_of_hour != 0) words += " " + base::counted(length % minutes_of_hour, "minute", "minutes");
  return words;
}

void warn_of_hours(const YAML::Node& windows, const Config& config, Notes& warnings) {
  const std::chrono::minutes expiry = config.clinic.expiry;
  for (const auto& [category, window] : config.sending.windows) {
    const auto shut = message::longest_closing(window);
    if (!shut || std::chrono::minutes{*shut} <= expiry) continue;
    Slot(category, windows[category], warnings)
        .complain(
            "is shut for " + in_words(*shut) + " at a stretch, longer than the " +
            in_words(static_cast<int>(expiry.count())) +
            " that a message lives which says nothing else (expiry under \"clinic\"): one that comes when it shuts "
            "expires unsent. Lengthen the expiry or the hours");
  }
}

struct Figure {
  const char* key;
  int message::Limits::*value;
};

constexpr std::array figures{
    Figure{"per_minute", &message::Limits::per_minute}, Figure{"per_hour", &message::Limits::per_hour},
    Figure{"per_day", &message::Limits::per_day}, Figure{"per_month", &message::Limits::per_month}};

// A limit of 0 is none.
void warn_of_limits(const Slot& slot, const message::Limits& limits) {
  const Figure* shorter = nullptr;
  for (const Figure& longer : figures) {
    const int most = limits.*longer.value;
    if (most <= 0) continue;
    if (shorter != nullptr && limits.*shorter->value > most) {
      slot.complain_at({shorter->key, longer.key},
                       std::string(shorter->key) + " (" + std::to_string(limits.*shorter->value) + ") is more than " +
                           longer.key + " (" + std::to_string(most) + ") and so never reached; is that meant?");
    }
    shorter = &longer;
  }
}

}  // namespace

void warn_of_sending(const YAML::Node& sending, const Config& config, Notes& warnings) {
  if (!sending || !sending.IsMap()) return;
  if (!config.sending.windows.empty()) warn_of_hours(sending["windows"], config, warnings);
  if (sending["limits"]) warn_of_limits(Slot("limits", sending["limits"], warnings), config.sending.limits);
  for (const auto& [modem, own] : config.sending.limits_of) {
    warn_of_limits(Slot(modem, sending["limits_of"][modem], warnings), gateway::limits_of(config.sending, modem));
  }
}

}  // namespace burstd::config
