// Whether a burst still fits into what the SIMs may send before it expires: what feeds the traffic light. Used at the
// preview and once more inside the transaction that sends. It reads what waits from the record and changes nothing.
#pragma once

#include <map>
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

// What waits in the record, read once for all bursts that are looked at together. Both arguments outlive it.
class Queue {
 public:
  Queue(const store::Connection& connection, const gateway::Rooms& rooms) : x_connection(connection), x_rooms(rooms) {}

  const store::Connection& connection() const { return x_connection; }
  const gateway::Rooms& rooms() const { return x_rooms; }

  gateway::ByRoute beside(const Need& need);  // segments of everything else
  std::int64_t due(base::Time by);            // segments that may go by then

 private:
  const store::Connection& x_connection;
  const gateway::Rooms& x_rooms;
  std::optional<gateway::ByRoute> x_segments;
  std::map<base::Time, std::int64_t> x_due;
};

// Numbers that no SIM has written to this month, and how many of them may still get something, beside those that wait.
// Nothing: as many as one likes. A quota by segments alone knows nothing of them.
std::optional<std::int64_t> new_recipients(const Queue& queue, base::Time end);

// Segments that wait already are promised and taken off; so are new recipients that wait, where those are limited.
burst::Quota quota_of(Queue& queue, const Need& need, int margin);

}  // namespace burstd::clinic
