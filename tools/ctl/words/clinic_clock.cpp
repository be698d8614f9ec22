#include "ctl/words/clinic_clock.hpp"

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <ctime>

#include "calendar/zone.hpp"

namespace burstd::ctl {

namespace {

std::string zone_in(const std::string& body) {
  boost::system::error_code broken;
  const boost::json::value version = boost::json::parse(body, broken);
  const boost::json::value* const zone = version.is_object() ? version.get_object().if_contains("timezone") : nullptr;
  return zone != nullptr && zone->is_string() ? std::string(zone->get_string()) : std::string();
}

}  // namespace

void go_by_the_clinics_clock(const Client& client) {
  constexpr const char* variable = "TZ";
  if (std::getenv(variable) != nullptr) return;
  const auto answer = client.ask({"GET", "/v1/version", {}});
  const std::string zone = answer && answer->good() ? zone_in(answer->body) : std::string();
  if (!calendar::is_zone(zone)) return;
  setenv(variable, zone.c_str(), 1);
  tzset();
}

}  // namespace burstd::ctl
