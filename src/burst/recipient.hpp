// One row of a burst as the caller gave it, nothing judged yet. clinic fills it, preview() reads it. It is never
// corrected: the record keeps what a person typed.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "burst/template.hpp"

namespace burstd::burst {

struct Recipient {
  std::optional<std::string> patient;  // the caller's reference
  std::optional<std::string> patient_name;
  std::string to;                         // as a person typed it
  Fields fields;                          // for the placeholders
  std::optional<std::string> client_ref;  // of the row
  std::optional<base::Time> appointment_at;
  std::optional<std::string> exclude;  // why the caller leaves this row out
};

// What placeholders stand for: the row's own fields, and under them patient, patient_name (also as name) and to.
Fields fields_of(const Recipient& recipient);

}  // namespace burstd::burst
