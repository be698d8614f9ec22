// How the report of another program becomes a burst: which column holds what, how its appointments are written, whom to
// leave out, and what is said. One YAML file for each kind of report; burstctl reads it beside the report itself. What
// stands in the rows is not known here.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "config/complaint.hpp"

namespace burstd::config {

// Columns by their heads; in JSON members, "patient.phone" for one inside another. Empty: there is none.
struct Report {
  struct Columns {
    std::string number, patient, name, client_ref;
  };
  struct Appointment {
    std::string column, format;            // burst::Pattern
    std::string time_column, time_format;  // where the time of day stands in a column of its own
    std::string timezone;
  };
  // A row with one of the values there is left out. No values: with any at all.
  struct Exclusion {
    std::string column, reason;
    std::vector<std::string> values;
  };

  std::string description;
  std::string rows;  // of JSON: the member that holds the list; empty: the document is the list
  Columns columns;
  Appointment appointment;                    // no column: there are none
  std::map<std::string, std::string> fields;  // placeholder → column
  std::vector<Exclusion> exclude;
  std::string template_name, text, category;
};

// To be used only when there is no complaint.
Report load_report(const std::filesystem::path& file, std::vector<Complaint>& complaints);

// "columns.number", "fields.NAME"
std::vector<std::string> known_report_keys();

}  // namespace burstd::config
