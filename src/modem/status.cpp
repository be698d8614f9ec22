#include "modem/status.hpp"

namespace burstd::modem {

const char* to_string(State state) {
  switch (state) {
    case State::absent:
      return "absent";
    case State::busy:
      return "busy";
    case State::opening:
      return "opening";
    case State::setting_up:
      return "setting-up";
    case State::waiting:
      return "waiting";
    case State::ready:
      return "ready";
    case State::paused:
      return "paused";
    case State::failed:
      return "failed";
    case State::stopped:
      return "stopped";
  }
  return "unknown";
}

std::string Identity::sim() const {
  if (!iccid.empty()) return iccid;
  if (!imsi.empty()) return imsi;
  return imei.empty() ? std::string() : "imei:" + imei;
}

}  // namespace burstd::modem
