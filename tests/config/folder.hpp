// A temporary folder with files, gone at the end of the test, and the loader's complaints as lines to compare. Only
// for the tests of config. Also how a reference file is read with every option in use.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "config/loader.hpp"

namespace burstd::config {

// "#  group: …" becomes "   group: …" less the sign; a line of prose has one blank after the sign. At the left margin
// of a file without sections the two blanks go, too.
inline std::string with_every_option(const std::string& text, const std::string& becomes = "  ") {
  std::istringstream in(text);
  std::string out, line;
  while (std::getline(in, line)) out += (line.starts_with("#  ") ? becomes + line.substr(3) : line) + "\n";
  return out;
}

// By the path of a known key; "NAME" stands for any key, and a list for its items.
inline bool is_there(const YAML::Node& node, const std::string& path) {
  if (path.empty()) return node.IsDefined();
  if (node.IsSequence()) return std::ranges::any_of(node, [&](const YAML::Node& item) { return is_there(item, path); });
  if (!node.IsMap()) return false;
  const auto dot = path.find('.');
  const std::string key = path.substr(0, dot), rest = dot == std::string::npos ? "" : path.substr(dot + 1);
  if (key == "NAME") return std::ranges::any_of(node, [&](const auto& pair) { return is_there(pair.second, rest); });
  return node[key].IsDefined() && is_there(node[key], rest);
}

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "burstd-config-XXXXXX").string();
    x_path = mkdtemp(pattern.data());
    std::filesystem::create_directory(x_path / "drivers");
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(x_path); }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((x_path / name).parent_path());
    std::ofstream(x_path / name) << text;
    return x_path / name;
  }

  // Loads a configuration whose drivers are those of this folder.
  Loaded load(const std::string& text) const {
    const auto drivers =
        "drivers: {installed: " + (x_path / "drivers").string() + ", override: " + (x_path / "own").string() + "}\n";
    return config::load(write("burstd.yaml", text + drivers));
  }

  // "3:5: sentence", of all files
  std::vector<std::string> complaints(const std::string& text) const { return short_form(load(text).complaints); }

  static std::vector<std::string> short_form(const std::vector<Complaint>& complaints) {
    std::vector<std::string> out;
    for (const auto& one : complaints) {
      out.push_back(std::to_string(one.line) + ":" + std::to_string(one.column) + ": " + one.sentence);
    }
    return out;
  }

  const std::filesystem::path& path() const { return x_path; }

 private:
  std::filesystem::path x_path;
};

}  // namespace burstd::config
