// What differs between two readings of the configuration, by the keys as people write them, and which of it a running
// daemon cannot take up. Pure; app asks at a reload.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace YAML {
class Node;
}

namespace burstd::config {

// "sending.limits.per_day" → "100"; a list is one value.
using Values = std::map<std::string, std::string>;

Values values_of(const YAML::Node& document);

struct Changes {
  std::vector<std::string> taken_up;     // keys
  std::vector<std::string> for_restart;  // keys
};

Changes changes_between(const Values& before, const Values& after);

}  // namespace burstd::config
