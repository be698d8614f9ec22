#include "clinic/completion.hpp"

namespace burstd::clinic {

namespace {

std::set<std::string, std::less<>> set_of(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

}  // namespace

Completion::Completion(const Options& options, const burst::Template& text, const std::string& zone_name)
    : x_clinic(options.clinic_name),
      x_zone(zone_name),
      x_date(burst::Pattern::parse(options.date_format).value()),
      x_time(burst::Pattern::parse(options.time_format).value()),
      x_names(set_of(text.placeholders())),
      x_dated(set_of(text.dated())) {}

burst::Wall Completion::local(base::Time time) const {
  const calendar::Local shown = x_zone.local(time);
  burst::Wall wall;
  wall.day = burst::Wall::Day{shown.year, shown.month, shown.day};
  wall.minute = shown.minute;
  return wall;
}

// What a pattern writes is handed over whole, so that every pattern finds what it asks for.
void Completion::put_appointment(burst::Fields& fields, base::Time time) const {
  const burst::Wall wall = local(time);
  const std::string whole = burst::plain_text(wall);
  if (asks("appointment_at")) fields["appointment_at"] = whole;
  const auto offer = [&](const std::string& name, const burst::Pattern& usual) {
    if (!asks(name) || !fields.try_emplace(name, usual.write(wall).value_or("")).second) return;
    if (x_dated.contains(name)) fields[name + ":"] = whole;
  };
  offer("date", x_date);
  offer("time", x_time);
}

void Completion::complete(burst::Recipient& recipient) const {
  burst::Fields& fields = recipient.fields;
  if (asks("clinic") && !x_clinic.empty()) fields.try_emplace("clinic", x_clinic);
  if (recipient.appointment_at) put_appointment(fields, *recipient.appointment_at);
  for (const std::string& name : x_dated) {
    const auto found = fields.find(name);
    if (found == fields.end()) continue;
    if (const auto moment = base::from_rfc3339(found->second)) fields[name + ":"] = burst::plain_text(local(*moment));
  }
}

}  // namespace burstd::clinic
