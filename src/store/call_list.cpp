#include "store/call_list.hpp"

#include <array>
#include <limits>
#include <variant>

#include "store/batches.hpp"

namespace burstd::store {

namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min(),
                       highest = std::numeric_limits<std::int64_t>::max();

// One after the other they are the list. ?1 is the moment, ?2 and ?3 are appointment and key of where it goes on, ?4 is
// how many. Each is a walk along the index, which holds nothing else.
struct Stretch {
  std::string_view rows, order;
  std::int64_t first_appointment, first_key;  // before its first row
};

constexpr std::array stretches{
    Stretch{"appointment_at > ?1 AND (appointment_at, key) > (?2, ?3)", "appointment_at, key", lowest, lowest},
    Stretch{"appointment_at IS NULL AND ?1 = ?1 AND ?2 = ?2 AND key < ?3", "key DESC", 0, highest},
    Stretch{"appointment_at <= ?1 AND (appointment_at, key) < (?2, ?3)", "appointment_at DESC, key DESC", highest,
            highest},
};

constexpr std::string_view unreached =
    "SELECT key FROM message INDEXED BY message_unreached WHERE state <> 'cancelled'"
    " AND (status = 'Send Failed' OR state = 'uncertain')"
    " AND NOT EXISTS (SELECT 1 FROM message AS again WHERE again.retry_of = message.id)";

struct Place {
  std::size_t stretch = 0;
  std::int64_t appointment = stretches.front().first_appointment, key = stretches.front().first_key;
};

Place place_of(const Connection& connection, const CallList& list) {
  const auto record = list.after ? find_message(connection, *list.after) : std::nullopt;
  if (!record) return {};
  const auto& appointment = record->message.appointment_at;
  if (!appointment) return {1, 0, record->message.key};
  return {*appointment > list.now ? 0U : 2U, base::to_millis(*appointment), record->message.key};
}

Place begin_of(std::size_t stretch) {
  return {stretch, stretches.at(stretch).first_appointment, stretches.at(stretch).first_key};
}

using Wanted = std::variant<std::int64_t, std::string>;

// The filter as further conditions, with their parameters from ?5 on.
class Narrowing {
 public:
  Narrowing(const Connection& connection, const Filter& filter, const CallList& list) {
    for (const auto& [column, value] :
         {std::pair{"patient", filter.patient}, std::pair{"number", filter.number},
          std::pair{"number_as_typed", filter.number_as_typed}, std::pair{"category", filter.category},
          std::pair{"client_ref", filter.client_ref}}) {
      if (value) is(std::string(column) + " =", *value);
    }
    if (filter.batch) {
      const auto batch = find_batch(connection, *filter.batch);
      is("batch =", batch ? batch->key : 0);
    }
    if (filter.from) is("created_at >=", base::to_millis(*filter.from));
    if (filter.to) is("created_at <", base::to_millis(*filter.to));
    if (!list.noted) return;
    x_sql += std::string(" AND ") + (*list.noted ? "" : "NOT ") +
             "EXISTS (SELECT 1 FROM note WHERE note.message = message.key)";
  }

  const std::string& sql() const { return x_sql; }
  void bind_to(Statement& rows) const {
    for (const Wanted& value : x_values) std::visit([&](const auto& plain) { rows.bind(plain); }, value);
  }

 private:
  void is(const std::string& condition, const Wanted& value) {
    x_values.push_back(value);
    x_sql += " AND +" + condition + " ?" + std::to_string(4 + x_values.size());
  }

  std::string x_sql;
  std::vector<Wanted> x_values;
};

}  // namespace

Page list_unreached(const Connection& connection, const Filter& filter, const CallList& list) {
  const Narrowing narrowing(connection, filter, list);
  std::vector<message::Key> keys;
  for (Place at = place_of(connection, list); keys.size() <= filter.limit; at = begin_of(at.stretch + 1)) {
    const Stretch& stretch = stretches.at(at.stretch);
    std::string sql(unreached);
    sql.append(" AND ").append(stretch.rows).append(narrowing.sql());
    sql.append(" ORDER BY ").append(stretch.order).append(" LIMIT ?4");
    Statement rows = connection.query(sql, list.now, at.appointment, at.key, filter.limit + 1 - keys.size());
    narrowing.bind_to(rows);
    while (rows.step()) keys.push_back(rows.next<message::Key>());
    if (at.stretch + 1 == stretches.size()) break;
  }
  Page page;
  page.more = keys.size() > filter.limit;
  if (page.more) keys.resize(filter.limit);
  for (const message::Key key : keys) page.items.push_back(*find_message(connection, key));
  return page;
}

}  // namespace burstd::store
