// Lists of messages. The conditions of a filter are ranked: the one that names the fewest rows leads and is
// searched by its index, which ends in the key and so is in the order of the list; the others (written with a
// unary plus, which keeps them from an index) are only checked. Several states are one search each, merged.
#include <limits>

#include "store/batches.hpp"
#include "store/messages.hpp"

namespace burstd::store {

namespace {

constexpr std::int64_t beyond = std::numeric_limits<std::int64_t>::max();

struct Condition {
  std::string column;
  std::vector<Value> values;  // any of them
  bool leads = true;          // may choose the index
};

struct Range {
  std::int64_t first, end;  // keys or change numbers, first ≤ k < end
};

Condition single(std::string column, const Value& value) { return {std::move(column), {value}}; }

Value word(std::string_view text) { return std::string(text); }

// A burst of another record may have the same number: its id is not known here.
std::int64_t key_of_batch(const Connection& connection, const std::string& id) {
  const auto batch = find_batch(connection, id);
  return batch ? batch->key : 0;
}

// The most telling first.
std::vector<Condition> conditions_of(const Connection& connection, const Filter& filter) {
  std::vector<Condition> found;
  if (filter.client_ref) found.push_back(single("client_ref", *filter.client_ref));
  if (filter.patient) found.push_back(single("patient", *filter.patient));
  if (filter.number) found.push_back(single("number", *filter.number));
  if (filter.number_as_typed) found.push_back({"number_as_typed", {*filter.number_as_typed}, false});
  if (filter.batch) found.push_back(single("batch", key_of_batch(connection, *filter.batch)));
  const bool broad = filter.changed_after.has_value();
  if (!filter.states.empty() && !broad) {
    Condition states{"state", {}};
    for (const message::State state : filter.states) states.values.push_back(word(message::to_string(state)));
    found.push_back(std::move(states));
  }
  if (filter.status && !broad) found.push_back(single("status", word(message::to_string(*filter.status))));
  if (filter.category) found.push_back({"category", {*filter.category}, !broad});
  if (filter.client) found.push_back({"client", {*filter.client}, !broad});
  return found;
}

// created_at follows the wall clock and key does not: the keys of a span of time come from its index.
Range keys_of(const Connection& connection, const Filter& filter) {
  const Range all{1, filter.before.value_or(beyond)};
  if (!filter.from && !filter.to) return all;
  Statement row = connection.query("SELECT min(key), max(key) FROM message WHERE created_at >= ? AND created_at < ?",
                                   filter.from.value_or(base::Time::min()), filter.to.value_or(base::Time::max()));
  row.step();
  const auto first = row.next<std::optional<std::int64_t>>();
  const auto last = row.next<std::optional<std::int64_t>>();
  if (!first || !last) return {0, 0};
  return {*first, std::min(all.end, *last + 1)};
}

class Search {
 public:
  Search(const Filter& filter, std::vector<Condition> conditions, std::string order, Range range)
      : x_conditions(std::move(conditions)), x_order(std::move(order)) {
    x_values = {range.first, range.end};
    if (filter.held) x_span = of_the_queued(*filter.held, filter.but_held);
    if (!filter.from && !filter.to) return;
    const auto from = filter.from.value_or(base::Time::min()), to = filter.to.value_or(base::Time::max());
    x_span += " AND +created_at >= " + parameter(base::to_millis(from)) + " AND +created_at < " +
              parameter(base::to_millis(to));
  }

  // The keys that match, in order.
  std::vector<message::Key> run(const Connection& connection, std::size_t limit, bool descending) {
    std::string sql;
    for (const std::string& arm : arms()) sql += (sql.empty() ? "" : " UNION ALL ") + arm;
    sql +=
        " ORDER BY " + x_order + (descending ? " DESC" : "") + " LIMIT " + parameter(static_cast<std::int64_t>(limit));
    Statement rows = connection.query(sql);
    for (const Value& value : x_values) std::visit([&](const auto& plain) { rows.bind(plain); }, value);
    std::vector<message::Key> keys;
    while (rows.step()) keys.push_back(rows.next<message::Key>());
    return keys;
  }

 private:
  std::string parameter(const Value& value) {
    x_values.push_back(value);
    return "?" + std::to_string(x_values.size());
  }

  std::string of_the_queued(const Held& held, bool but_held) {
    const auto condition = held_condition(held, [this](const Value& value) { return parameter(value); });
    return std::string(" AND (+state <> 'queued' OR ") + (but_held ? "NOT " : "") + condition + ")";
  }

  std::vector<std::string> arms() {
    const bool led = !x_conditions.empty() && x_conditions.front().leads;
    std::string rest = x_span;
    for (std::size_t i = led ? 1 : 0; i < x_conditions.size(); ++i) rest += checked(x_conditions[i]);
    const std::string plus = led && x_order != "key" ? "+" : "";
    const std::string start = "SELECT key, " + x_order + " FROM message WHERE " + plus + x_order + " >= ?1 AND " +
                              plus + x_order + " < ?2" + rest;
    if (!led) return {start};
    std::vector<std::string> found;
    for (const Value& value : x_conditions.front().values) {
      found.push_back(start + " AND " + x_conditions.front().column + " = " + parameter(value));
    }
    return found;
  }

  std::string checked(const Condition& condition) {
    std::string list;
    for (const Value& value : condition.values) list += (list.empty() ? "" : ", ") + parameter(value);
    return " AND +" + condition.column + " IN (" + list + ")";
  }

  std::vector<Condition> x_conditions;
  std::string x_order;
  std::string x_span;
  std::vector<Value> x_values;
};

Search search_of(const Connection& connection, const Filter& filter) {
  auto conditions = conditions_of(connection, filter);
  if (filter.changed_after) {
    return {filter, std::move(conditions), "change_seq", Range{*filter.changed_after + 1, beyond}};
  }
  return {filter, std::move(conditions), "key", keys_of(connection, filter)};
}

}  // namespace

Page list_messages(const Connection& connection, const Filter& filter) {
  Search search = search_of(connection, filter);
  auto keys = search.run(connection, filter.limit + 1, !filter.changed_after);
  Page page;
  page.more = keys.size() > filter.limit;
  if (page.more) keys.resize(filter.limit);
  for (const message::Key key : keys) page.items.push_back(*find_message(connection, key));
  return page;
}

}  // namespace burstd::store
