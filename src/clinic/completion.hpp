// What the gateway itself can say for a template's placeholders: the clinic's name, and the appointment as a clock on
// the wall of the burst's time zone shows it. Previews and trials use it; what a row says itself goes before. For the
// template's patterns moments with an offset become local.
#pragma once

#include <set>
#include <string>

#include "burst/recipient.hpp"
#include "calendar/zone.hpp"
#include "clinic/options.hpp"

namespace burstd::clinic {

class Completion {
 public:
  // The options must outlive it; their formats are sound (Templates has looked at them).
  Completion(const Options& options, const burst::Template& text, const std::string& zone_name);

  void complete(burst::Recipient& recipient) const;

 private:
  bool asks(const std::string& name) const { return x_names.contains(name); }
  burst::Wall local(base::Time time) const;
  void put_appointment(burst::Fields& fields, base::Time time) const;

  const std::string& x_clinic;
  calendar::Zone x_zone;
  burst::Pattern x_date, x_time;
  std::set<std::string, std::less<>> x_names;  // all placeholders
  std::set<std::string, std::less<>> x_dated;  // those that are written by a pattern
};

}  // namespace burstd::clinic
