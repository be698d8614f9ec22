#include "clinic/items.hpp"

#include <algorithm>
#include <map>

#include "clinic/rules.hpp"
#include "number/number.hpp"
#include "pdu/delivery_status.hpp"
#include "store/batches.hpp"
#include "store/call_list.hpp"
#include "store/restoration.hpp"

namespace burstd::clinic {

namespace {

using message::State;

constexpr std::string_view held = "held";

// What "now" and "ready" were when an answer was begun.
struct Moment {
  base::Time now;
  gateway::Holds holds;
};

Moment moment(const gateway::Gateway& gateway) { return Moment{async::now().wall, gateway.holds()}; }

// Names bursts, each looked up once.
class BatchNames {
 public:
  explicit BatchNames(const store::Connection& connection) : x_connection(connection) {}

  std::optional<std::string> of(std::optional<std::int64_t> key) {
    if (!key) return std::nullopt;
    const auto known = x_names.find(*key);
    if (known != x_names.end()) return known->second;
    const auto batch = store::find_batch(x_connection, *key);
    return x_names.emplace(*key, batch ? batch->id : std::string()).first->second;
  }

 private:
  const store::Connection& x_connection;
  std::map<std::int64_t, std::string> x_names;
};

// "held" is not stored: it is what is queued and nothing will move now.
void choose_states(store::Filter& filter, const Search& search, const Moment& at) {
  bool held_ones = false, others = false;
  for (const std::string& word : search.states) {
    const auto state = word == held ? std::optional{State::queued} : message::state_from(word);
    held_ones = held_ones || word == held;
    others = others || (word != held && state == State::queued);
    if (!state || std::ranges::find(filter.states, *state) != filter.states.end()) continue;
    filter.states.push_back(*state);
  }
  if (held_ones == others) return;
  filter.held = held_now(at.holds, at.now);
  filter.but_held = others;
}

store::Filter filter_of(const Search& search, const Moment& at) {
  store::Filter filter;
  filter.patient = search.patient;
  filter.batch = search.batch;
  filter.category = search.category;
  filter.client_ref = search.client_ref;
  filter.status = search.status;
  filter.from = search.from;
  filter.to = search.to;
  filter.before = search.before;
  filter.changed_after = search.changed_after;
  filter.limit = search.limit;
  choose_states(filter, search, at);
  return filter;
}

// What stands beside it in the record.
Item with_company(const store::Connection& connection, store::Record record) {
  Item item;
  item.resent_as = store::resent_as(connection, record.message.id);
  item.notes = store::notes_of(connection, record.message.key);
  item.message = std::move(record.message);
  item.progress = std::move(record.progress);
  return item;
}

ItemPage collect(const store::Connection& connection, store::Page found, const Moment& at) {
  ItemPage page;
  BatchNames names(connection);
  page.at = at.now;
  page.more = found.more;
  for (store::Record& record : found.items) {
    Item item = with_company(connection, std::move(record));
    item.hold = hold_of(item.message, item.progress, at.now, at.holds);
    item.batch = names.of(item.message.batch);
    page.items.push_back(std::move(item));
  }
  return page;
}

// Keys are never taken away, so a position is good only where its message is.
bool is_position(const store::Connection& connection, const Search& search) {
  if (search.changed_after) return store::is_position(connection, *search.changed_after);
  return !search.before || store::find_message(connection, *search.before);
}

}  // namespace

std::string_view state_word(const Item& item) { return item.hold ? held : message::to_string(item.progress.state); }

std::optional<gateway::Hold> hold_of(const message::Message& message, const message::Progress& progress, base::Time now,
                                     const gateway::Holds& holds) {
  if (progress.state != State::queued) return std::nullopt;
  if (holds.restored) return gateway::Hold{"restored"};
  if (holds.ends_put_off && message.expires_at <= now) return gateway::Hold{"clock"};
  if (message.send_after && *message.send_after > now) return gateway::Hold{"send-after", message.send_after};
  const auto closed = holds.closed.find(message.category);
  if (message.priority != message::Priority::urgent && closed != holds.closed.end()) {
    return gateway::Hold{"window", closed->second};
  }
  const gateway::Hold& way = holds.of(message.number);
  return way.by.empty() ? std::nullopt : std::optional(way);
}

store::Held held_now(const gateway::Holds& holds, base::Time now) {
  store::Held condition{now, {}, {}, !holds.others.by.empty()};
  condition.all = holds.restored;
  condition.late = holds.ends_put_off;
  for (const auto& [category, opening] : holds.closed) condition.closed.insert(category);
  for (const auto& way : holds.ways) condition.ways.push_back({way.prefix, !way.hold.by.empty()});
  return condition;
}

Item item_of(const store::Connection& connection, const store::Record& record, base::Time now,
             const gateway::Holds& holds) {
  Item item = with_company(connection, record);
  item.batch = BatchNames(connection).of(record.message.batch);
  item.hold = hold_of(record.message, record.progress, now, holds);
  return item;
}

base::Error resync() {
  return base::Error{base::Fault::refused, "resync",
                     "This position is not one of this record (it may have been restored); read the list anew."};
}

base::Error unknown_message() {
  return base::Error{base::Fault::missing, "message-unknown",
                     "There is no message with this id in the record; check the id and the record's epoch."};
}

Items::Items(const Options& options, gateway::Gateway& gateway) : x_rules(rules_of(options)), x_gateway(gateway) {}

async::Task<base::Result<Item>> Items::find(std::string id) {
  const Moment at = moment(x_gateway);
  auto unit = [&](const store::Connection& connection) -> base::Result<Item> {
    const auto record = store::find_message(connection, id);
    if (!record) return unknown_message();
    return item_of(connection, *record, at.now, at.holds);
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<Detail>> Items::detail(std::string id) {
  const Moment at = moment(x_gateway);
  auto unit = [&](const store::Connection& connection) -> base::Result<Detail> {
    const auto record = store::find_message(connection, id);
    if (!record) return unknown_message();
    const message::Key key = record->message.key;
    Detail detail;
    detail.item = item_of(connection, *record, at.now, at.holds);
    detail.parts = store::parts_of(connection, key);
    detail.attempts = store::attempts_of(connection, key);
    for (store::Report& report : store::reports_of(connection, key)) {
      std::string sentence = pdu::delivery_sentence(static_cast<std::uint8_t>(report.status));
      detail.reports.push_back(ReportView{std::move(report), std::move(sentence)});
    }
    detail.history = store::history_of(connection, key);
    return detail;
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<ItemPage>> Items::list(Search search) {
  const Moment at = moment(x_gateway);
  store::Filter filter = filter_of(search, at);
  put_number(filter, search.number);
  auto unit = [&](const store::Connection& connection) -> base::Result<ItemPage> {
    const std::int64_t last = store::last_seq(connection);
    if (!is_position(connection, search)) return resync();
    const bool none = !search.states.empty() && filter.states.empty();
    ItemPage page = none ? ItemPage() : collect(connection, store::list_messages(connection, filter), at);
    page.last_seq = last;
    return page;
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<ItemPage>> Items::call_list(Search search, Calling calling) {
  const Moment at = moment(x_gateway);
  store::Filter filter = filter_of(search, at);
  put_number(filter, search.number);
  const store::CallList list{calling.at.value_or(at.now), calling.noted, calling.after};
  auto unit = [&](const store::Connection& connection) -> base::Result<ItemPage> {
    if (calling.after && !store::find_message(connection, *calling.after)) return resync();
    ItemPage page = collect(connection, store::list_unreached(connection, filter, list), at);
    page.at = list.now;
    page.last_seq = store::last_seq(connection);
    return page;
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<store::Depth> Items::depth() {
  auto unit = [](const store::Connection& connection) { return store::queue_depth(connection); };
  co_return co_await x_gateway.reader().run(unit);
}

// What is no number is looked for as somebody typed it: such messages are on record, too.
void Items::put_number(store::Filter& filter, const std::optional<std::string>& number) const {
  if (!number) return;
  const auto parsed = number::parse(*number, *x_rules.plan);
  filter.number = parsed ? parsed->e164 : "";
  if (!parsed) filter.number_as_typed = *number;
}

}  // namespace burstd::clinic
