#include "config/changes.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace burstd::config {

namespace {

// What is opened, or handed to threads and other programs, when the daemon starts.
constexpr std::string_view all_of_them = "modems: all";
constexpr std::array<std::string_view, 5> fixed{"record", "api", "drivers", "finding", all_of_them};
constexpr std::string_view all_the_same = "record.remove_texts_after";

void gather(const YAML::Node& node, const std::string& path, Values& values) {
  if (!node.IsMap()) {
    if (node.IsDefined() && !node.IsNull()) values[path] = YAML::Dump(node);
    return;
  }
  for (const auto& entry : node) {
    const std::string key = entry.first.Scalar();
    gather(entry.second, path.empty() ? key : path + "." + key, values);
  }
}

bool is_fixed(const std::string& key) {
  return key != all_the_same && std::ranges::find(fixed, key.substr(0, key.find('.'))) != fixed.end();
}

// Whether whatever modem is found is used, "modems: all" or "- all" in the list.
bool uses_all(const Values& values) {
  const auto modems = values.find("modems");
  if (modems == values.end()) return false;
  const YAML::Node list = YAML::Load(modems->second);
  const auto is_all = [](const YAML::Node& node) { return node.IsScalar() && node.Scalar() == "all"; };
  return is_all(list) || (list.IsSequence() && std::any_of(list.begin(), list.end(), is_all));
}

}  // namespace

Values values_of(const YAML::Node& document) {
  Values values;
  gather(document, {}, values);
  if (uses_all(values)) values.emplace(all_of_them, "yes");
  return values;
}

Changes changes_between(const Values& before, const Values& after) {
  std::set<std::string> keys;
  for (const auto& [key, value] : before) keys.insert(key);
  for (const auto& [key, value] : after) keys.insert(key);
  Changes changes;
  for (const std::string& key : keys) {
    const auto was = before.find(key), is = after.find(key);
    if (was != before.end() && is != after.end() && was->second == is->second) continue;
    (is_fixed(key) ? changes.for_restart : changes.taken_up).push_back(key);
  }
  return changes;
}

}  // namespace burstd::config
