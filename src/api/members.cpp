#include "api/members.hpp"

#include "clinic/timezones.hpp"

namespace burstd::api {

namespace {

namespace json = boost::json;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::string plain_value(Form& form, const std::string& name, const json::value& value) {
  if (value.is_int64()) return std::to_string(value.get_int64());
  return form.text(name.c_str(), value_length).value_or("");
}

}  // namespace

std::string read_words(Form& form, const char* name, Length length) {
  std::string text = form.required_text(name, length);
  if (!text.empty() && is_blank(text)) form.fault(name, "must not be blank");
  return text;
}

std::optional<std::string> read_timezone(Form& form) {
  auto zone = form.text("timezone", {0, 64});
  if (zone && !clinic::is_timezone(*zone)) form.fault("timezone", "must be a known name like Europe/Zurich");
  return zone;
}

burst::Fields read_fields(Form& form) {
  burst::Fields fields;
  const auto* const value = form.member("fields");
  if (value == nullptr) return fields;
  Form inner(*value, form.pointer_to("fields"), form.faults());
  const auto* const object = value->if_object();
  if (object == nullptr) return fields;
  for (const auto& [key, given] : *object) {
    const std::string name(key.data(), key.size());
    if (!given.is_null()) fields.emplace(name, plain_value(inner, name, given));
  }
  return fields;
}

void check_text(Form& form, const std::string& text) {
  if (is_blank(text)) form.fault("text", "must not be blank");
  const auto parsed = burst::Template::parse(text);
  if (!parsed) form.fault("text", parsed.error().sentence);
}

}  // namespace burstd::api
