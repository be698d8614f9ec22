#include "burst/recipient.hpp"

namespace burstd::burst {

Fields fields_of(const Recipient& recipient) {
  Fields fields = recipient.fields;
  if (recipient.patient) fields.try_emplace("patient", *recipient.patient);
  if (recipient.patient_name) fields.try_emplace("patient_name", *recipient.patient_name);
  if (recipient.patient_name) fields.try_emplace("name", *recipient.patient_name);
  if (!recipient.to.empty()) fields.try_emplace("to", recipient.to);
  return fields;
}

}  // namespace burstd::burst
