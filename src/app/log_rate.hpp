// How many lines of a kind may come: a flood of one is cut off, counted and told afterwards, and silences no other.
// Pure; the log asks for each line.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace burstd::app {

class LogRate {
 public:
  // In each stretch of time so many lines of a kind and subject are let through.
  static constexpr int most = 30;
  static constexpr base::Milliseconds stretch = std::chrono::minutes{1};

  bool lets_through(std::string_view kind, std::string_view subject, base::Steady now);

  struct LeftOut {
    std::string kind, subject;
    int lines = 0;
  };
  // Of stretches that are over, or of all; told once.
  std::vector<LeftOut> left_out(base::Steady now, bool all = false);

 private:
  struct Count {
    base::Steady since;
    int let = 0, left_out = 0;
  };
  std::map<std::pair<std::string, std::string>, Count> x_counts;  // by kind and subject
};

}  // namespace burstd::app
