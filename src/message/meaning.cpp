#include "message/meaning.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace burstd::message {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds reach = 24h * 30;      // of an answer that comes too late
constexpr base::Milliseconds clocks_apart = 10min;  // a service centre's and ours

base::Time awaited_until(const Earlier& earlier) {
  if (earlier.expects_reply_until) return *earlier.expects_reply_until;
  return earlier.appointment_at.value_or(earlier.expires_at);
}

// When it was said. A service centre's clock that cannot be right for this message is not believed.
base::Time said_at(const Earlier& earlier, const Heard& heard) {
  const auto& told = heard.service_centre_at;
  const bool credible = told && *told >= earlier.left_at - clocks_apart && *told <= heard.received_at;
  return credible ? *told : heard.received_at;
}

// Whoever is not named may be anybody.
bool is_ambiguous(const std::vector<Earlier>& meant, const Heard& heard) {
  std::set<std::string> patients;
  std::set<base::Time> appointments;
  for (const Earlier& each : meant) {
    patients.insert(each.patient);
    if (each.appointment_at && *each.appointment_at >= said_at(each, heard)) appointments.insert(*each.appointment_at);
  }
  return patients.size() > 1 || appointments.size() > 1;
}

}  // namespace

Meaning meaning_of(const std::vector<Earlier>& earlier, const Heard& heard) {
  std::vector<Earlier> meant;
  std::ranges::copy_if(earlier, std::back_inserter(meant),
                       [&](const Earlier& each) { return said_at(each, heard) <= awaited_until(each); });
  Meaning meaning;
  meaning.in_window = !meant.empty();
  if (meant.empty()) {
    std::ranges::copy_if(earlier, std::back_inserter(meant),
                         [&](const Earlier& each) { return each.left_at + reach >= heard.received_at; });
  }
  meaning.ambiguous = is_ambiguous(meant, heard);
  std::ranges::transform(meant, std::back_inserter(meaning.matches), &Earlier::message);
  return meaning;
}

}  // namespace burstd::message
