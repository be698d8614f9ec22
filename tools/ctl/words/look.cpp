#include "ctl/words/look.hpp"

#include <boost/json/serialize.hpp>

namespace burstd::ctl {

namespace {

const json::object no_members;
const json::array no_entries;

}  // namespace

const json::object& object(const json::value& value) {
  const json::object* found = value.if_object();
  return found != nullptr ? *found : no_members;
}

const json::object& object(const json::object& from, std::string_view member) {
  const json::value* found = from.if_contains(member);
  return found != nullptr ? object(*found) : no_members;
}

const json::array& list(const json::object& from, std::string_view member) {
  const json::value* found = from.if_contains(member);
  return found != nullptr && found->is_array() ? found->get_array() : no_entries;
}

std::string text(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_bool()) return value.get_bool() ? "yes" : "no";
  return value.is_number() ? json::serialize(value) : std::string();
}

std::string text(const json::object& from, std::string_view member) {
  const json::value* found = from.if_contains(member);
  return found != nullptr ? text(*found) : std::string();
}

std::optional<std::int64_t> number(const json::object& from, std::string_view member) {
  const json::value* found = from.if_contains(member);
  if (found == nullptr || !found->is_number()) return {};
  if (found->is_double()) return static_cast<std::int64_t>(found->get_double());
  if (found->is_uint64()) return static_cast<std::int64_t>(found->get_uint64());
  return found->get_int64();
}

std::int64_t count(const json::object& from, std::string_view member) { return number(from, member).value_or(0); }

bool truth(const json::object& from, std::string_view member) {
  const json::value* found = from.if_contains(member);
  return found != nullptr && found->is_bool() && found->get_bool();
}

std::string words(const json::object& from, std::string_view member) {
  std::string joined;
  for (const json::value& entry : list(from, member)) joined += (joined.empty() ? "" : ", ") + text(entry);
  return joined.empty() ? text(from, member) : joined;
}

std::string patient_of(const json::object& from) {
  const std::string name = text(from, "patient_name"), patient = text(from, "patient");
  if (name.empty() || patient.empty()) return name + patient;
  return name + " (" + patient + ")";
}

void put(json::object& into, std::string_view member, const std::string& value) {
  if (!value.empty()) into.emplace(member, value);
}

}  // namespace burstd::ctl
