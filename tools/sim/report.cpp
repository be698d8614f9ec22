#include "sim/report.hpp"

#include <utility>

namespace burstd::sim {

boost::json::object fields_of(const Report& report) {
  boost::json::object fields;
  fields["to"] = report.to;
  fields["mr"] = report.mr;
  fields["status"] = report.status;
  fields["serial"] = report.serial;
  return fields;
}

std::deque<Report> Mailbox::take(const std::string& imsi) {
  auto node = x_reports.extract(imsi);
  return node.empty() ? std::deque<Report>{} : std::move(node.mapped());
}

std::size_t Mailbox::size() const {
  std::size_t count = 0;
  for (const auto& [imsi, reports] : x_reports) count += reports.size();
  return count;
}

}  // namespace burstd::sim
