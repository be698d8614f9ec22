#include "app/log_rate.hpp"

namespace burstd::app {

bool LogRate::lets_through(std::string_view kind, std::string_view subject, base::Steady now) {
  Count& count = x_counts.try_emplace({std::string(kind), std::string(subject)}, Count{now}).first->second;
  if (now - count.since >= stretch && count.left_out == 0) count = Count{now};
  const bool lets = count.let < most;
  ++(lets ? count.let : count.left_out);
  return lets;
}

// What is over and was told begins anew with the next line.
std::vector<LogRate::LeftOut> LogRate::left_out(base::Steady now, bool all) {
  std::vector<LeftOut> told;
  for (auto count = x_counts.begin(); count != x_counts.end();) {
    const bool over = all || now - count->second.since >= stretch;
    const int lines = count->second.left_out;
    if (over && lines > 0) told.push_back({count->first.first, count->first.second, lines});
    count = over ? x_counts.erase(count) : std::next(count);
  }
  return told;
}

}  // namespace burstd::app
