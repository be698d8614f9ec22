// Texts with placeholders, by name, that are fixed while the daemon runs: those that come with the gateway and those of
// the configuration. Those that staff keep are TemplateShelf's, which knows both; nothing is changed here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "clinic/options.hpp"

namespace burstd::clinic {

struct NamedTemplate {
  std::string name;
  std::string text;
  std::string anonymous;  // the text where neither row nor configuration says {clinic}; mostly the same
  std::string description;
  bool maintained = false;  // by the gateway or the configuration: cannot be changed
  bool configured = false;
  std::vector<std::string> placeholders;
  std::optional<int> max_segments;
  std::optional<base::Time> changed_at;  // of one that staff keep, with the next two
  std::optional<std::string> changed_by;
  std::optional<std::int64_t> change_seq;
};

class Templates {
 public:
  // Throws std::runtime_error when a configured text or format has a fault; that is found at start-up. A configured
  // template cannot take the name of one that comes with the gateway.
  explicit Templates(const Options& options);

  // In order of name.
  std::vector<NamedTemplate> list() const;

  // Null: none of these.
  const NamedTemplate* find(const std::string& name) const;

 private:
  NamedTemplate& add(const std::string& name, const Template& given);

  std::map<std::string, NamedTemplate> x_templates;
};

base::Error unknown_template(const std::string& name);

}  // namespace burstd::clinic
