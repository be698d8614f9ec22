#include "clinic/templates.hpp"

#include <array>
#include <stdexcept>
#include <string_view>

#include "burst/template.hpp"

namespace burstd::clinic {

namespace {

struct Maintained {
  std::string_view name;
  std::string_view text;
  std::string_view signature;  // left out where nobody says who writes
  std::string_view description;
};

// Short enough for one message with names of usual length; it says nothing about why the patient comes.
constexpr std::array maintained{Maintained{
    maintained_templates[0],
    "Dear {patient_name}, we look forward to seeing you on {date} at {time}. If you cannot come, please call "
    "us in good time.",
    " {clinic}",
    "Reminds a patient of an appointment. Each row gives its appointment, or date and time as the patient should read "
    "them. It ends with the clinic's name where the configuration (clinic_name) or the rows (clinic) say it."}};

}  // namespace

Templates::Templates(const Options& options) {
  for (const std::string& format : {options.date_format, options.time_format}) {
    const auto parsed = burst::Pattern::parse(format);
    if (!parsed) throw std::runtime_error("The format '" + format + "' has a fault: " + parsed.error().sentence);
  }
  for (const auto& [name, given] : options.templates) add(name, given).configured = true;
  for (const Maintained& row : maintained) {
    Template given;
    given.text = std::string(row.text) + std::string(row.signature);
    given.description = row.description;
    add(std::string(row.name), given).anonymous = row.text;
  }
}

NamedTemplate& Templates::add(const std::string& name, const Template& given) {
  if (x_templates.contains(name)) {
    throw std::runtime_error("The template '" + name + "' comes with the gateway; give yours another name.");
  }
  const auto parsed = burst::Template::parse(given.text);
  if (!parsed) throw std::runtime_error("The template '" + name + "' has a fault. " + parsed.error().sentence);
  NamedTemplate& named = x_templates[name];
  named.name = name;
  named.text = named.anonymous = given.text;
  named.description = given.description;
  named.maintained = true;
  named.placeholders = parsed->placeholders();
  named.max_segments = given.max_segments;
  return named;
}

std::vector<NamedTemplate> Templates::list() const {
  std::vector<NamedTemplate> all;
  for (const auto& [name, known] : x_templates) all.push_back(known);
  return all;
}

const NamedTemplate* Templates::find(const std::string& name) const {
  const auto found = x_templates.find(name);
  return found == x_templates.end() ? nullptr : &found->second;
}

base::Error unknown_template(const std::string& name) {
  return base::Error{base::Fault::missing, "template-unknown",
                     "There is no template '" + name + "'; see the list of templates for those that are there."};
}

}  // namespace burstd::clinic
