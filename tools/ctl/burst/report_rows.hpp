// The rows of another program's report into the API's recipients, by a mapping that says which column holds what. Used
// by burst_file. Pure; whom it leaves out and when an appointment is it decides by the mapping alone, numbers it never
// judges.
#pragma once

#include <string_view>

#include "config/report.hpp"
#include "ctl/burst/recipients.hpp"

namespace burstd::ctl {

// Of JSON only the members that the mapping names; `line` of a row is its place in the list, and there is no delimiter.
// Fails with "json-invalid".
base::Result<Sheet> sheet_of_json(std::string_view octets, const config::Report& report);

// Codes "recipients-columns", "recipients-number-destroyed", "appointment-invalid", "recipients-empty".
base::Result<Recipients> recipients_of_report(const Sheet& sheet, const config::Report& report);

}  // namespace burstd::ctl
