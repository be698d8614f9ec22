#include "config/report.hpp"

#include "burst/pattern.hpp"
#include "config/document.hpp"
#include "config/schema.hpp"
#include "config/words.hpp"

namespace burstd::config {

namespace {

Section<Report::Columns> columns_of_a_report() {
  using C = Report::Columns;
  return {
      required<C>("number", &C::number, any_text),
      value<C>("patient", &C::patient, any_text),
      value<C>("name", &C::name, any_text),
      value<C>("client_ref", &C::client_ref, any_text),
  };
}

// Nothing where it is not written, or was complained about.
std::optional<burst::Pattern> pattern_of(const std::string& text) {
  auto parsed = burst::Pattern::parse(text);
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

void check_appointment(const Slot& slot, const Report::Appointment& appointment) {
  const auto day = pattern_of(appointment.format), time = pattern_of(appointment.time_format);
  if (day && !day->asks_day()) slot.complain("its format says no day");
  if (appointment.time_column.empty() != appointment.time_format.empty()) {
    slot.complain("time_column and time_format go together");
  }
  if (day && !day->asks_minute() && appointment.time_column.empty()) {
    slot.complain("its format says no time of day; write it there, or name the time_column and its time_format");
  }
  if (day && day->asks_minute() && !appointment.time_column.empty()) {
    slot.complain("the time of day would stand in two places: in format, and in time_column");
  }
  if (time && (time->asks_day() || !time->asks_minute())) slot.complain("its time_format must say the time and no day");
}

Section<Report::Appointment> appointment_of_a_report() {
  using A = Report::Appointment;
  return {{
              required<A>("column", &A::column, any_text),
              required<A>("format", &A::format, date_pattern),
              value<A>("time_column", &A::time_column, any_text),
              value<A>("time_format", &A::time_format, date_pattern),
              required<A>("timezone", &A::timezone, timezone),
          },
          check_appointment};
}

Section<Report::Exclusion> exclusion() {
  using E = Report::Exclusion;
  return {
      required<E>("column", &E::column, any_text),
      list<E>("values", &E::values, any_text),
      required<E>("reason", &E::reason, any_text),
  };
}

const Section<Report>& report_section() {
  using R = Report;
  const auto one_text = [](const Slot& slot, const R& report) {
    if (!report.template_name.empty() && !report.text.empty()) slot.complain("either template or text, not both");
  };
  auto columns = section<R>("columns", &R::columns, columns_of_a_report());
  columns.required = true;
  const auto may_be_alike = [](const R::Exclusion&) { return std::string(); };
  static const Section<R> table{{
                                    value<R>("description", &R::description, any_text),
                                    value<R>("rows", &R::rows, any_text),
                                    columns,
                                    optional_section<R>("appointment", &R::appointment, appointment_of_a_report()),
                                    named_values<R>("fields", &R::fields, placeholder, any_text),
                                    sections<R>("exclude", &R::exclude, exclusion(), may_be_alike),
                                    value<R>("template", &R::template_name, plain_name),
                                    value<R>("text", &R::text, message_template),
                                    value<R>("category", &R::category, plain_name),
                                },
                                one_text};
  return table;
}

}  // namespace

Report load_report(const std::filesystem::path& file, std::vector<Complaint>& complaints) {
  Report report;
  const auto document = read_document(file, complaints);
  if (!document) return report;
  Notes notes(file.string(), complaints);
  report_section().read(Slot("", *document, notes), report);
  sort(complaints);
  return report;
}

std::vector<std::string> known_report_keys() { return report_section().keys(); }

}  // namespace burstd::config
