#include "clinic/timezones.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace burstd::clinic {

namespace {

bool is_zone_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         letter == '/' || letter == '_' || letter == '-' || letter == '+';
}

// Beside the zones the folder holds lists of them.
bool begins_like_a_zone(const std::filesystem::path& file) {
  std::array<char, 4> head{};
  std::ifstream(file, std::ios::binary).read(head.data(), head.size());
  return std::string_view(head.data(), head.size()) == "TZif";
}

}  // namespace

bool is_timezone(const std::string& name) {
  static const std::filesystem::path folder = "/usr/share/zoneinfo";
  const bool formed = !name.empty() && !name.starts_with('/') && std::ranges::all_of(name, is_zone_letter);
  std::error_code ignored;
  if (!formed || !std::filesystem::is_directory(folder, ignored)) return formed;
  return std::filesystem::is_regular_file(folder / name, ignored) && begins_like_a_zone(folder / name);
}

}  // namespace burstd::clinic
