// How many requests were answered, by route and status, since the process began. Api counts, the metrics show it. What
// has no route is counted as one, so that nobody makes labels up.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

namespace burstd::api {

class Traffic {
 public:
  using Kind = std::tuple<std::string_view, std::string_view, int>;  // method, pattern, status

  // Both empty: no route. They must live as long as the process does.
  void note(std::string_view method, std::string_view pattern, int status) { ++x_counts[{method, pattern, status}]; }

  const std::map<Kind, std::int64_t>& counts() const { return x_counts; }

 private:
  std::map<Kind, std::int64_t> x_counts;
};

}  // namespace burstd::api
