#include "burst/light.hpp"

namespace burstd::burst {

Light light(const Quota& quota) {
  if (!quota.available) return Light::green;
  if (*quota.available < quota.needed) return Light::red;
  return *quota.available - quota.needed < quota.margin ? Light::yellow : Light::green;
}

std::string_view to_string(Light light) {
  switch (light) {
    case Light::green:
      return "green";
    case Light::yellow:
      return "yellow";
    case Light::red:
      break;
  }
  return "red";
}

}  // namespace burstd::burst
