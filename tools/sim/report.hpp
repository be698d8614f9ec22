// A delivery report on its way, and where the network keeps those that it could not hand over, by SIM. Network makes
// reports, Routing shows them.
#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "sim/tpdu.hpp"

namespace burstd::sim {

struct Report {
  std::string to;
  int mr = 0;
  int status = 0;
  std::uint64_t serial = 0;  // of the message in the network
  Line line;
};

boost::json::object fields_of(const Report& report);

class Mailbox {
 public:
  void hold(const std::string& imsi, const Report& report) { x_reports[imsi].push_back(report); }
  bool has(const std::string& imsi) const { return x_reports.contains(imsi); }
  std::deque<Report> take(const std::string& imsi);
  std::size_t size() const;

 private:
  std::map<std::string, std::deque<Report>> x_reports;  // no empty ones
};

}  // namespace burstd::sim
