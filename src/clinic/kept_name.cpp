#include "clinic/kept_name.hpp"

#include <algorithm>

namespace burstd::clinic {

namespace {

bool is_letter_of_a_name(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
}

}  // namespace

std::optional<base::Error> wrong_name(const std::string& name) {
  constexpr std::size_t longest = 64;
  const bool fits = !name.empty() && name.size() <= longest && std::ranges::all_of(name, is_letter_of_a_name);
  if (fits) return std::nullopt;
  return base::malformed("name-invalid",
                         "A name has 1 to 64 of the letters a-z, digits and hyphens; choose another one.");
}

}  // namespace burstd::clinic
