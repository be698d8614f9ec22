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
    case State::resetting:
      return "resetting";
    case State::quarantined:
      return "quarantined";
    case State::stopped:
      return "stopped";
  }
  return "unknown";
}

const char* to_string(ReportWay way) {
  switch (way) {
    case ReportWay::none:
      return "none";
    case ReportWay::direct:
      return "direct";
    case ReportWay::acknowledged:
      return "acknowledged";
    case ReportWay::stored:
      return "stored";
  }
  return "none";
}

std::string Identity::sim() const {
  if (!iccid.empty()) return iccid;
  if (!imsi.empty()) return imsi;
  return imei.empty() ? std::string() : "imei:" + imei;
}

}  // namespace burstd::modem
