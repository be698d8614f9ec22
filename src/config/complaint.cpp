#include "config/complaint.hpp"

#include <algorithm>
#include <tuple>

namespace burstd::config {

std::string to_string(const Complaint& complaint) {
  return complaint.file + ":" + std::to_string(complaint.line) + ":" + std::to_string(complaint.column) + ": " +
         complaint.sentence;
}

void sort(std::vector<Complaint>& complaints) {
  std::ranges::stable_sort(complaints, {}, [](const Complaint& complaint) {
    return std::tie(complaint.file, complaint.line, complaint.column);
  });
}

}  // namespace burstd::config
