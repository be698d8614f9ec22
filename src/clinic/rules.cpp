#include "clinic/rules.hpp"

#include <algorithm>
#include <stdexcept>

namespace burstd::clinic {

namespace {

message::Event event_of(burst::Verdict verdict) {
  if (verdict == burst::Verdict::opted_out) return message::Event::blocked;
  if (verdict == burst::Verdict::expired) return message::Event::expired;
  return message::Event::refused_for_good;
}

}  // namespace

burst::Rules rules_of(const Options& options) {
  burst::Rules rules;
  rules.plan = number::find_plan(options.country);
  if (rules.plan == nullptr) {
    throw std::runtime_error("There is no numbering plan for the country '" + options.country +
                             "'; give its two-letter ISO code.");
  }
  rules.alphabets = options.alphabets;
  rules.most_segments = options.most_segments;
  rules.expiry = options.expiry;
  rules.appointment_margin = options.appointment_margin;
  rules.confidential_words = options.confidential_words;
  return rules;
}

std::optional<gateway::Stillborn> stillborn_of(burst::Verdict verdict, const std::vector<std::string>& missing) {
  if (verdict == burst::Verdict::ok) return std::nullopt;
  gateway::Stillborn stillborn;
  stillborn.event = event_of(verdict);
  stillborn.cause.code = burst::to_string(verdict);
  stillborn.cause.sentence = burst::sentence(verdict, missing);
  return stillborn;
}

void describe(message::Message& message, const burst::Looked& looked) {
  constexpr int most_counted = 255;
  message.number = looked.number;
  message.encoding = looked.encoding.empty() ? "ucs2" : looked.encoding;
  message.segments = looked.segments == 0 ? most_counted : looked.segments;
}

}  // namespace burstd::clinic
