#include "store/census.hpp"

#include <array>

#include "store/inbox.hpp"

namespace burstd::store {

namespace {

constexpr std::array under_way{message::State::queued, message::State::sending, message::State::retrying,
                               message::State::submitted, message::State::uncertain};

std::int64_t only_count(Statement row) {
  row.step();
  return row.next<std::int64_t>();
}

}  // namespace

// One whose window is over is uncertain for good: of those there may be many, and none of them is under way.
Census take_census(const Connection& connection) {
  Census census;
  for (const message::State state : under_way) {
    const std::string open = state == message::State::uncertain ? " AND status = 'Pending'" : "";
    census.messages.push_back({std::string(message::to_string(state)),
                               only_count(connection.query("SELECT count(*) FROM message WHERE state = ?" + open,
                                                           message::to_string(state)))});
  }
  census.oldest_pending_at = queue_depth(connection).oldest_pending_at;
  census.unacknowledged = only_count(connection.query("SELECT count(*) FROM reply WHERE acknowledged_at IS NULL"));
  census.oldest_unacknowledged = oldest_unacknowledged(connection);
  return census;
}

std::int64_t count_of_client(const Connection& connection, const std::string& client, base::Time since) {
  return only_count(
      connection.query("SELECT count(*) FROM message WHERE client = ? AND +created_at >= ?", client, since));
}

}  // namespace burstd::store
