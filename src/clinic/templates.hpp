// Texts with placeholders, by name: those that come with the gateway (maintained) and those of the configuration.
// Previews and the api read them; nothing is changed here.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "clinic/options.hpp"

namespace burstd::clinic {

struct NamedTemplate {
  std::string name;
  std::string text;
  std::string anonymous;  // the text where neither row nor configuration says {clinic}; mostly the same
  std::string description;
  bool maintained = false;
  std::vector<std::string> placeholders;
};

class Templates {
 public:
  // Throws std::runtime_error when a configured text has a fault; that is found at start-up. A configured template
  // cannot take the name of a maintained one.
  explicit Templates(const Options& options);

  // In order of name.
  std::vector<NamedTemplate> list() const;

  // Fails with "template-unknown".
  base::Result<NamedTemplate> find(const std::string& name) const;

 private:
  void add(const std::string& name, const Template& given);

  std::map<std::string, NamedTemplate> x_templates;
};

}  // namespace burstd::clinic
