#include "api/faults.hpp"

namespace burstd::api {

namespace {

bool continues(char octet) { return (static_cast<unsigned char>(octet) & 0xC0U) == 0x80U; }

// Whole characters and whole escapes only.
std::string shortened(std::string_view pointer) {
  if (pointer.size() <= Faults::longest_pointer) return std::string(pointer);
  std::size_t end = Faults::longest_pointer;
  while (end > 0 && continues(pointer[end])) --end;
  if (end > 0 && pointer[end - 1] == '~') --end;
  return std::string(pointer.substr(0, end)) + "…";
}

}  // namespace

std::string step(std::string_view name) {
  std::string escaped = "/";
  for (const char letter : name) {
    if (letter == '~') {
      escaped += "~0";
    } else if (letter == '/') {
      escaped += "~1";
    } else {
      escaped += letter;
    }
  }
  return escaped;
}

void Faults::add(std::string_view pointer, std::string_view detail) {
  if (full()) {
    ++x_more;
  } else {
    x_kept.push_back(Fault{shortened(pointer), std::string(detail)});
  }
}

void Faults::add(std::string_view pointer, std::string_view name, std::string_view detail) {
  add(full() ? std::string() : std::string(pointer) + step(name), detail);
}

std::vector<Fault> Faults::told() const {
  std::vector<Fault> all = x_kept;
  if (x_more > 0) all.push_back(Fault{"", "and " + std::to_string(x_more) + " more that are not named here"});
  return all;
}

}  // namespace burstd::api
