#include "sim/profile.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <utility>

namespace burstd::sim {

namespace {

std::vector<int> digits(std::string_view text) {
  std::vector<int> values;
  for (const char letter : text) values.push_back(letter - '0');
  return values;
}

// "modem3=FILE" for one, "FILE" for all. The path of a FILE may hold an equals sign when it stands after "modem3=".
bool is_for(std::string_view text, std::string_view name) {
  return text.substr(0, name.size()) == name && text.substr(name.size(), 1) == "=";
}

bool is_for_one(std::string_view text) {
  constexpr std::string_view start = "modem";
  const auto cut = text.find('=');
  if (cut == std::string_view::npos || !text.starts_with(start) || cut == start.size()) return false;
  return text.substr(start.size(), cut - start.size()).find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

const Profile& plain_profile() {
  static const Profile plain;
  return plain;
}

base::Result<Profile> load_profile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return base::Error{base::Fault::missing, "profile-missing", "The profile " + path + " cannot be read."};
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto profile = read_profile(text);
  if (!profile) return base::malformed(profile.error().code, path + ": " + profile.error().sentence);
  return profile;
}

Profile overridden(Profile profile, const Options& options) {
  if (!options.ds_values.empty()) profile.cnmi.ds = digits(options.ds_values);
  if (!options.ds_values.empty()) profile.cnmi.answer.clear();
  if (options.csms1) profile.service = Service::forced;
  if (!options.cdsi_memory.empty()) profile.reports.announced = options.cdsi_memory;
  if (options.stubborn_echo) profile.echo = Echo::stubborn;
  if (options.boot_unplugs) profile.reset_unplugs = true;
  if (options.slots > 0) profile.storage.slots["SM"] = options.slots;
  if (profile.revision.empty()) profile.revision = BURSTD_VERSION;
  return profile;
}

base::Result<Profile> profile_for(int number, const Options& options) {
  const std::string name = "modem" + std::to_string(number);
  std::string path;
  for (const auto& text : options.profile) {
    if (!is_for_one(text)) path = text;
  }
  for (const auto& text : options.profile) {
    if (is_for(text, name)) path = text.substr(name.size() + 1);
  }
  if (path.empty()) return overridden({}, options);
  auto loaded = load_profile(path);
  if (!loaded) return loaded.error();
  return overridden(std::move(*loaded), options);
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char letter) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  });
  return result;
}

}  // namespace burstd::sim
