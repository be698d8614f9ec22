// The gateway's figures as GET /metrics writes them (Prometheus' text format 0.0.4), read back: for the checks, the
// live screen and the file for collectors. A line that is none is left out: a newer gateway may say more.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct Sample {
  std::map<std::string, std::string> labels;
  double value = 0;
};

class Figures {
 public:
  Figures() = default;
  explicit Figures(std::string_view page);

  // Of the first sample of that name; nothing: there is none.
  std::optional<double> value(const std::string& name) const;

  // Of the sample with that label.
  std::optional<double> value(const std::string& name, const std::string& label, const std::string& text) const;

  double sum(const std::string& name) const;
  const std::vector<Sample>& all(const std::string& name) const;

 private:
  std::map<std::string, std::vector<Sample>> x_samples;
};

// The page as it came, or why there is none. Whoever watches gives up soon and has to be told before: within 8 seconds.
base::Result<Answer> fetch_figures(const Session& session);

// The same. What went wrong has been said on the error stream.
Or<std::string> ask_figures(const Session& session);

}  // namespace burstd::ctl
