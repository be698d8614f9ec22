#include "api/form.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "api/json.hpp"
#include "base/utf8.hpp"

namespace burstd::api {

namespace {

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char octet) { return (static_cast<unsigned char>(octet) & 0xC0U) != 0x80U; }));
}

std::string list_of(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

std::string limits_of(Length length) {
  if (length.least == 0) return "must have at most " + std::to_string(length.most) + " characters";
  return "must have " + std::to_string(length.least) + " to " + std::to_string(length.most) + " characters";
}

}  // namespace

Form::Form(const boost::json::value& value, std::string pointer, Faults& faults)
    : x_object(value.if_object()), x_pointer(std::move(pointer)), x_faults(faults) {
  if (x_object == nullptr) x_faults.add(x_pointer, "must be an object");
}

std::string Form::pointer_to(std::string_view name) const { return x_pointer + step(name); }

void Form::fault(std::string_view name, std::string_view detail) { x_faults.add(x_pointer, name, detail); }

const boost::json::value* Form::member(const char* name) {
  x_known.emplace(name);
  if (x_object == nullptr) return nullptr;
  const auto* const found = x_object->if_contains(name);
  return found == nullptr || found->is_null() ? nullptr : found;
}

std::string Form::checked(const char* name, const boost::json::value& value, Length length) {
  const auto* const text = value.if_string();
  if (text == nullptr) {
    fault(name, "must be a string");
    return {};
  }
  std::string plain(text->data(), text->size());
  const std::size_t count = characters(plain);
  if (count < length.least || count > length.most) fault(name, limits_of(length));
  return plain;
}

std::optional<std::string> Form::text(const char* name, Length length) {
  const auto* const value = member(name);
  if (value == nullptr) return std::nullopt;
  return checked(name, *value, length);
}

std::string Form::required_text(const char* name, Length length) {
  const auto* const value = member(name);
  if (value != nullptr) return checked(name, *value, length);
  if (x_object != nullptr) fault(name, "is required");
  return {};
}

std::optional<base::Time> Form::time(const char* name) {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const auto time = base::from_rfc3339(*given);
  if (time) return *time;
  const bool is_text = x_object->at(name).is_string();
  if (is_text) fault(name, "must be a time with its offset, like 2026-03-01T08:30:00+01:00");
  return std::nullopt;
}

std::optional<std::vector<int>> Form::rows(const char* name, std::size_t most) {
  const auto* const list = array(name);
  if (list == nullptr) return std::nullopt;
  std::vector<int> rows;
  if (list->size() > most) {
    fault(name, "must have at most " + std::to_string(most) + " rows");
    return rows;
  }
  for (std::size_t at = 0; at < list->size(); ++at) {
    const auto* const number = list->at(at).if_int64();
    const bool fits = number != nullptr && *number >= 1 && *number <= std::numeric_limits<int>::max();
    if (fits) {
      rows.push_back(static_cast<int>(*number));
    } else {
      x_faults.add(pointer_to(name), std::to_string(at), "must be a row number, from 1");
    }
  }
  return rows;
}

std::optional<std::string> Form::word(const char* name, const std::vector<std::string>& words) {
  auto given = text(name);
  if (!given || std::ranges::find(words, *given) != words.end()) return given;
  if (x_object->at(name).is_string()) fault(name, "must be one of " + list_of(words));
  return std::nullopt;
}

bool Form::truth(const char* name) {
  const auto* const value = member(name);
  if (value == nullptr) return false;
  if (!value->is_bool()) fault(name, "must be true or false");
  return value->is_bool() && value->get_bool();
}

const boost::json::array* Form::array(const char* name) {
  const auto* const value = member(name);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) fault(name, "must be a list");
  return value->if_array();
}

void Form::finish() {
  if (x_object == nullptr) return;
  for (const auto& [name, value] : *x_object) {
    if (!x_known.contains(std::string_view(name.data(), name.size()))) fault(name, "is not known here");
  }
}

Query::Query(const http::Request& request) : x_request(request) {}

bool Query::flag(std::string_view name) {
  const auto given = text(name);
  if (given && *given != "true" && *given != "false") fault(name, "must be true or false");
  return given == "true";
}

void Query::fault(std::string_view name, std::string_view detail) {
  x_faults.add("", name, "The query parameter " + std::string(detail));
}

std::optional<std::string> Query::text(std::string_view name) {
  x_known.emplace(name);
  const auto given = x_request.parameter(name);
  if (!given) return std::nullopt;
  if (!base::is_utf8(*given)) fault(name, "is not UTF-8");
  return std::string(*given);
}

std::optional<base::Time> Query::time(std::string_view name) {
  auto given = text(name);
  if (!given) return std::nullopt;
  std::ranges::replace(*given, ' ', '+');  // an offset's plus sign that was not written as %2B
  const auto time = base::from_rfc3339(*given);
  if (time) return *time;
  fault(name, "must be a time with its offset, like 2026-03-01T08:30:00Z");
  return std::nullopt;
}

std::optional<std::int64_t> Query::number(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto given = text(name);
  if (!given) return std::nullopt;
  std::int64_t value = 0;
  const char* const end = given->data() + given->size();
  const auto [rest, code] = std::from_chars(given->data(), end, value);
  const bool whole = code == std::errc() && rest == end;
  if (whole && value >= least && value <= most) return value;
  const std::string limit = most == std::numeric_limits<std::int64_t>::max()
                                ? "from " + std::to_string(least)
                                : std::to_string(least) + " to " + std::to_string(most);
  fault(name, "must be a whole number, " + limit);
  return std::nullopt;
}

Faults Query::finish() {
  std::set<std::string, std::less<>> seen;
  for (const auto& [name, value] : x_request.query) {
    if (!x_known.contains(name)) fault(name, "is not known here");
    if (!seen.insert(name).second) fault(name, "is given twice");
  }
  return std::move(x_faults);
}

}  // namespace burstd::api
