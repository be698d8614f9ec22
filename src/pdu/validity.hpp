// TP-Validity-Period in its three forms (23.040, 9.2.3.12): how long the service centre keeps trying. The daemon sends
// the relative form only, because it needs no right clock at our end; the others are read for the command line.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>

#include "pdu/timestamp.hpp"

namespace burstd::pdu {

struct RelativeValidity {
  std::uint8_t value = 0;
  bool operator==(const RelativeValidity&) const = default;
};

struct EnhancedValidity {
  std::array<std::uint8_t, 7> octets{};
  bool operator==(const EnhancedValidity&) const = default;
};

using Validity = std::variant<RelativeValidity, Timestamp, EnhancedValidity>;

// The smallest step that is not shorter than asked: 5 minutes to 12 hours in steps of 5, to 24 hours in steps of 30, to
// 30 days in days, to 63 weeks in weeks. Less than 5 minutes becomes 5, more than 63 weeks becomes 63 weeks.
RelativeValidity relative_validity(std::chrono::minutes asked);

// Nothing for an absolute time (see to_time) and for enhanced forms that state no period or reserved ones.
std::optional<std::chrono::seconds> duration(const Validity& validity);

// Enhanced form: whether the service centre is to make a single attempt.
bool is_single_shot(const EnhancedValidity& validity);

}  // namespace burstd::pdu
