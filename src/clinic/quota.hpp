// Whether a burst still fits into what the SIMs may send before it expires: what feeds the traffic light. Used at the
// preview and once more inside the transaction that sends. It reads what waits from the record and changes nothing.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "burst/light.hpp"
#include "gateway/rooms.hpp"
#include "store/connection.hpp"

namespace burstd::clinic {

// What is to be sent. `end`: when the last of it has to have left.
struct Need {
  gateway::ByRoute segments;
  std::set<std::string> numbers;  // E.164
  base::Time end;
  std::optional<std::int64_t> batch = {};  // that waits itself, so that it is not promised beside what is needed

  void add(const gateway::Rooms& rooms, const std::string& number, int count);
};

// Segments that wait already are promised and taken off; so are new recipients that wait, where those are limited.
burst::Quota quota_of(const store::Connection& connection, const gateway::Rooms& rooms, const Need& need, int margin);

}  // namespace burstd::clinic
