#include "store/held.hpp"

namespace burstd::store {

namespace {

std::string truth(bool value) { return value ? "1" : "0"; }

}  // namespace

std::string held_condition(const Held& held, const std::function<std::string(const Value&)>& parameter) {
  if (held.all) return truth(true);
  const std::string now = parameter(base::to_millis(held.now));
  std::string shut;
  for (const std::string& category : held.closed) shut += (shut.empty() ? "" : ", ") + parameter(category);
  std::string ways;
  for (const Held::Way& way : held.ways) {
    ways += " WHEN substr(number, 1, " + std::to_string(way.prefix.size()) + ") = " + parameter(way.prefix) + " THEN " +
            truth(way.held);
  }
  const std::string by_way = ways.empty() ? truth(held.others) : "CASE" + ways + " ELSE " + truth(held.others) + " END";
  const std::string late = held.late ? "expires_at <= " + now + " OR " : "";
  return "(" + late + "coalesce(send_after > " + now + ", 0) OR (+priority <> 'urgent' AND +category IN (" + shut +
         ")) OR " + by_way + ")";
}

}  // namespace burstd::store
