#include "ctl/care/bundle_mask.hpp"

#include <algorithm>
#include <array>

#include "base/mask.hpp"
#include "ctl/words/look.hpp"

namespace burstd::ctl {

namespace {

constexpr std::array<std::string_view, 9> words_of_others{
    "text", "message", "answer", "patient", "patient_name", "context", "number_as_typed", "user", "notes"};

}  // namespace

std::string without_long_numbers(std::string_view text) { return base::without_numbers(text, {.shortest = 7}); }

json::value masked(const json::value& value) {
  if (value.is_string()) return json::value(without_long_numbers(value.as_string()));
  if (value.is_array()) {
    json::array all;
    for (const json::value& each : value.as_array()) all.push_back(masked(each));
    return all;
  }
  if (!value.is_object()) return value;
  json::object all;
  for (const auto& [name, each] : value.as_object()) {
    const bool kept_back = std::ranges::find(words_of_others, std::string_view(name)) != words_of_others.end();
    all.emplace(without_long_numbers(name), kept_back && each.is_string() ? json::value("…") : masked(each));
  }
  return all;
}

}  // namespace burstd::ctl
