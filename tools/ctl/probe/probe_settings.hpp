// What the probe changes in a modem, and how it was before: remembered first, put back at the end. Used by the probe. A
// setting that cannot be read is not remembered, and then must not be changed.
#pragma once

#include <string>
#include <vector>

#include "ctl/probe/probe_line.hpp"

namespace burstd::ctl {

class ProbeSettings {
 public:
  explicit ProbeSettings(ProbeLine& line) : x_line(line) {}

  // By the name of its command, "+CNMI"; its arguments as they are now, empty when the modem does not tell.
  async::Task<std::string> remember(std::string name);

  // The same question again, without remembering.
  async::Task<std::string> shown(std::string name);

  // The last that was remembered is put back first; then all are looked at again, for one may have changed another.
  // What could not be put back is told: "AT+CNMI was 0,0,0,0,0".
  async::Task<std::vector<std::string>> put_back();

 private:
  struct Setting {
    std::string name, before;
  };
  async::Task<bool> put_back(Setting setting);

  ProbeLine& x_line;
  std::vector<Setting> x_settings;
};

}  // namespace burstd::ctl
