// The JSON form of a profile: a table of keys for each of its objects.
#include <boost/json.hpp>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>

#include "sim/profile.hpp"

namespace burstd::sim {

namespace {

namespace json = boost::json;

struct Key {
  std::string_view name;
  void (*take)(Profile& profile, const json::value& value);
};

std::string string_of(const json::value& value) {
  if (!value.is_string()) throw std::invalid_argument("wants a text");
  return std::string(value.get_string());
}

int number_of(const json::value& value) {
  if (!value.is_int64() || value.get_int64() < 0 || value.get_int64() > 3'600'000) {
    throw std::invalid_argument("wants a whole number from 0 to 3600000");
  }
  return static_cast<int>(value.get_int64());
}

bool truth_of(const json::value& value) {
  if (!value.is_bool()) throw std::invalid_argument("wants true or false");
  return value.get_bool();
}

base::Milliseconds span_of(const json::value& value) { return base::Milliseconds{number_of(value)}; }

// A list, or one value alone.
template <class Read>
auto list_of(const json::value& value, Read read) {
  std::vector<decltype(read(value))> list;
  if (!value.is_array()) {
    list.push_back(read(value));
    return list;
  }
  for (const auto& one : value.get_array()) list.push_back(read(one));
  return list;
}

std::vector<int> numbers_of(const json::value& value) { return list_of(value, number_of); }
std::vector<std::string> strings_of(const json::value& value) { return list_of(value, string_of); }

std::vector<std::string> names_of(const json::value& value) {
  return list_of(value, [](const json::value& one) { return upper_case(string_of(one)); });
}

const json::object& object_of(const json::value& value) {
  if (!value.is_object()) throw std::invalid_argument("wants an object");
  return value.get_object();
}

template <class Value>
Value one_of(const json::value& value, std::span<const std::pair<std::string_view, Value>> words) {
  const std::string said = string_of(value);
  std::string known;
  for (const auto& [word, meant] : words) {
    if (word == said) return meant;
    known += (known.empty() ? "" : ", ") + std::string(word);
  }
  throw std::invalid_argument("is one of " + known);
}

void read_keys(Profile& profile, const json::value& value, std::span<const Key> keys) {
  for (const auto& field : object_of(value)) {
    const std::string name(field.key());
    const Key* known = nullptr;
    for (const Key& key : keys) known = key.name == name ? &key : known;
    if (known == nullptr) throw std::invalid_argument("There is no key \"" + name + "\" here.");
    try {
      known->take(profile, field.value());
    } catch (const std::invalid_argument& mistake) {
      throw std::invalid_argument("\"" + name + "\": " + mistake.what());
    }
  }
}

void ignore(Profile&, const json::value& value) { string_of(value); }

constexpr Key usb_keys[] = {
    {"id", [](Profile& p, const json::value& v) { p.usb.id = string_of(v); }},
    {"interfaces", [](Profile& p, const json::value& v) { p.usb.interfaces = number_of(v); }},
    {"at", [](Profile& p, const json::value& v) { p.usb.at = numbers_of(v); }},
    {"source", ignore},
};

constexpr Key cnmi_keys[] = {
    {"mode", [](Profile& p, const json::value& v) { p.cnmi.mode = numbers_of(v); }},
    {"mt", [](Profile& p, const json::value& v) { p.cnmi.mt = numbers_of(v); }},
    {"bm", [](Profile& p, const json::value& v) { p.cnmi.bm = numbers_of(v); }},
    {"ds", [](Profile& p, const json::value& v) { p.cnmi.ds = numbers_of(v); }},
    {"bfr", [](Profile& p, const json::value& v) { p.cnmi.bfr = numbers_of(v); }},
    {"answer", [](Profile& p, const json::value& v) { p.cnmi.answer = string_of(v); }},
    {"refused", [](Profile& p, const json::value& v) { p.cnmi.refused = strings_of(v); }},
    {"refusal", [](Profile& p, const json::value& v) { p.cnmi.refusal = string_of(v); }},
    {"source", ignore},
};

void take_slots(Profile& profile, const json::value& value) {
  profile.storage.slots.clear();
  for (const auto& field : object_of(value)) profile.storage.slots[field.key()] = number_of(field.value());
}

constexpr Key storage_keys[] = {
    {"slots", take_slots},
    {"first", [](Profile& p, const json::value& v) { p.storage.first = number_of(v); }},
    {"test", [](Profile& p, const json::value& v) { p.storage.test = string_of(v); }},
    {"read", [](Profile& p, const json::value& v) { p.storage.read = string_of(v); }},
    {"set", [](Profile& p, const json::value& v) { p.storage.set = string_of(v); }},
    {"arguments",
     [](Profile& p, const json::value& v) {
       const auto counts = numbers_of(v);
       p.storage.arguments.assign(counts.begin(), counts.end());
     }},
    {"empty_is_ok", [](Profile& p, const json::value& v) { p.storage.empty_is_ok = truth_of(v); }},
    {"full_stops_sending", [](Profile& p, const json::value& v) { p.storage.full_stops_sending = truth_of(v); }},
    {"full_line", [](Profile& p, const json::value& v) { p.storage.full_line = string_of(v); }},
    {"source", ignore},
};

constexpr Key report_keys[] = {
    {"stored", [](Profile& p, const json::value& v) { p.reports.stored = string_of(v); }},
    {"announced", [](Profile& p, const json::value& v) { p.reports.announced = string_of(v); }},
    {"cds_head", [](Profile& p, const json::value& v) { p.cds_head = string_of(v); }},
    {"source", ignore},
};

constexpr Key chatter_keys[] = {
    {"every_ms", [](Profile& p, const json::value& v) { p.chatter.every = span_of(v); }},
    {"lines", [](Profile& p, const json::value& v) { p.chatter.lines = strings_of(v); }},
    {"silenced_by", [](Profile& p, const json::value& v) { p.chatter.silenced_by = names_of(v); }},
    {"source", ignore},
};

constexpr Key counter_keys[] = {
    {"command", [](Profile& p, const json::value& v) { p.pin_counter.command = upper_case(string_of(v)); }},
    {"answer", [](Profile& p, const json::value& v) { p.pin_counter.answer = string_of(v); }},
    {"source", ignore},
};

// Each answer is one text, its lines between line feeds, or a list of lines.
void take_answers(Profile& profile, const json::value& value) {
  for (const auto& field : object_of(value)) {
    std::string whole;
    for (const auto& line : strings_of(field.value())) whole += (whole.empty() ? "" : "\n") + line;
    profile.answers[upper_case(std::string_view(field.key().data(), field.key().size()))] = whole;
  }
}

void take_service(Profile& profile, const json::value& value) {
  constexpr std::pair<std::string_view, Service> words[] = {
      {"ok", Service::free}, {"refused", Service::refused}, {"forced", Service::forced}};
  profile.service = one_of<Service>(value, words);
}

void take_acknowledging(Profile& profile, const json::value& value) {
  constexpr std::pair<std::string_view, Acknowledging> words[] = {
      {"340", Acknowledging::strict}, {"ok", Acknowledging::lenient}, {"error", Acknowledging::error}};
  profile.acknowledging = one_of<Acknowledging>(value, words);
}

void take_more_messages(Profile& profile, const json::value& value) {
  constexpr std::pair<std::string_view, MoreMessages> words[] = {{"ok", MoreMessages::kept},
                                                                 {"refused", MoreMessages::refused}};
  profile.more_messages = one_of<MoreMessages>(value, words);
}

void take_echo(Profile& profile, const json::value& value) {
  constexpr std::pair<std::string_view, Echo> words[] = {
      {"normal", Echo::normal}, {"stubborn", Echo::stubborn}, {"off", Echo::off}};
  profile.echo = one_of<Echo>(value, words);
}

void take_ussd(Profile& profile, const json::value& value) {
  constexpr std::pair<std::string_view, UssdForm> words[] = {
      {"text", UssdForm::text}, {"ucs2", UssdForm::ucs2}, {"gsm7", UssdForm::gsm7}};
  profile.ussd = one_of<UssdForm>(value, words);
}

constexpr Key keys[] = {
    {"source", ignore},
    {"name", [](Profile& p, const json::value& v) { p.name = string_of(v); }},
    {"manufacturer", [](Profile& p, const json::value& v) { p.manufacturer = string_of(v); }},
    {"model", [](Profile& p, const json::value& v) { p.model = string_of(v); }},
    {"revision", [](Profile& p, const json::value& v) { p.revision = string_of(v); }},
    {"usb", [](Profile& p, const json::value& v) { read_keys(p, v, usb_keys); }},
    {"cnmi", [](Profile& p, const json::value& v) { read_keys(p, v, cnmi_keys); }},
    {"cpms", [](Profile& p, const json::value& v) { read_keys(p, v, storage_keys); }},
    {"reports", [](Profile& p, const json::value& v) { read_keys(p, v, report_keys); }},
    {"boot_lines", [](Profile& p, const json::value& v) { p.boot_lines = strings_of(v); }},
    {"ready_lines", [](Profile& p, const json::value& v) { p.ready_lines = strings_of(v); }},
    {"chatter", [](Profile& p, const json::value& v) { read_keys(p, v, chatter_keys); }},
    {"answers", take_answers},
    {"refused", [](Profile& p, const json::value& v) { p.refused = names_of(v); }},
    {"pin_counter", [](Profile& p, const json::value& v) { read_keys(p, v, counter_keys); }},
    {"csms", take_service},
    {"cmms", take_more_messages},
    {"cnma", take_acknowledging},
    {"resets", [](Profile& p, const json::value& v) { p.resets = names_of(v); }},
    {"reset_unplugs", [](Profile& p, const json::value& v) { p.reset_unplugs = truth_of(v); }},
    {"sim_busy_ms", [](Profile& p, const json::value& v) { p.waking.sim_busy = span_of(v); }},
    {"sim_busy_cme", [](Profile& p, const json::value& v) { p.waking.cme = number_of(v); }},
    {"sim_busy_cms", [](Profile& p, const json::value& v) { p.waking.cms = number_of(v); }},
    {"sim_busy_error", [](Profile& p, const json::value& v) { p.waking.wrong = names_of(v); }},
    {"echo", take_echo},
    {"line_end", [](Profile& p, const json::value& v) { p.line_end = string_of(v); }},
    {"unknown_result", [](Profile& p, const json::value& v) { p.unknown_result = string_of(v); }},
    {"pin_state_without_ok", [](Profile& p, const json::value& v) { p.pin_state_without_ok = truth_of(v); }},
    {"ussd", take_ussd},
};

}  // namespace

base::Result<Profile> read_profile(std::string_view text) {
  boost::system::error_code failure;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), failure);
  if (failure) return base::malformed("profile-invalid", "This is no JSON: " + failure.message() + ".");
  Profile profile;
  try {
    read_keys(profile, value, keys);
  } catch (const std::invalid_argument& mistake) {
    return base::malformed("profile-invalid", mistake.what());
  }
  if (!profile.storage.slots.contains("SM"))
    return base::malformed("profile-invalid", "\"cpms\": \"slots\" needs an SM.");
  return profile;
}

}  // namespace burstd::sim
