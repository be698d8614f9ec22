#include "app/settings.hpp"

#include <stdexcept>

#include "clinic/rules.hpp"
#include "clinic/templates.hpp"

namespace burstd::app {

config::Loaded load_settings(const std::string& file) {
  auto loaded = config::load(file);
  if (!loaded.complaints.empty()) return loaded;
  try {
    const clinic::Templates templates(loaded.config.clinic);
    static_cast<void>(clinic::rules_of(loaded.config.clinic));
  } catch (const std::runtime_error& mistake) {
    loaded.complaints.push_back({file, 1, 1, mistake.what()});
  }
  return loaded;
}

}  // namespace burstd::app
