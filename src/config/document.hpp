// A YAML file as a tree, or the complaint why it is none: unreadable, too large, not UTF-8, a mistake of syntax, more
// than one document. Used for the configuration and for drivers.
#pragma once

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <optional>
#include <vector>

#include "config/complaint.hpp"

namespace burstd::config {

// Nothing after a complaint. An empty file is a null node.
std::optional<YAML::Node> read_document(const std::filesystem::path& file, std::vector<Complaint>& complaints);

}  // namespace burstd::config
