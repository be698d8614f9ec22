#include "api/exposition.hpp"

#include <spdlog/fmt/fmt.h>

namespace burstd::api {

namespace {

std::string escaped(std::string_view value) {
  std::string out;
  for (const char letter : value) {
    if (letter == '\\' || letter == '"') out += '\\';
    out += letter == '\n' ? std::string("\\n") : std::string(1, letter);
  }
  return out;
}

}  // namespace

void Exposition::begin(std::string_view name, std::string_view type, std::string_view help) {
  x_name = name;
  x_page += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void Exposition::sample(std::string_view suffix, double value, const Labels& labels) {
  std::string marks;
  for (const auto& [name, text] : labels) {
    marks += fmt::format("{}{}=\"{}\"", marks.empty() ? "{" : ",", name, escaped(text));
  }
  if (!marks.empty()) marks += '}';
  x_page += fmt::format("{}{}{} {}\n", x_name, suffix, marks, value);
}

void Exposition::add_sum(double sum, std::int64_t count) {
  sample("_sum", sum, {});
  sample("_count", static_cast<double>(count), {});
}

}  // namespace burstd::api
