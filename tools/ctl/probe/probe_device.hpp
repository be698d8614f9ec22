// What is known of the probed port beside the modem's answers: where it is on the USB bus, which other ports belong to
// the device, and which driver fits and why. Used by probe. Opens no port.
#pragma once

#include <string>
#include <vector>

#include "ctl/probe/probe_findings.hpp"

namespace burstd::ctl {

Place place_of(const std::string& port, const serial::Folders& folders);

// `usb`: "12d1:1001", empty where it is on no bus.
Recognition recognition_of(const std::vector<modem::Driver>& drivers, const modem::Identity& identity,
                           const std::string& usb);

}  // namespace burstd::ctl
