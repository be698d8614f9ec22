#include "clinic/events.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace burstd::clinic {

namespace {

constexpr std::array<std::string_view, 7> told_kinds{"item", "batch", "reply", "opt-out", "modem", "quota", "gateway"};

bool is_told(const store::Change& change) { return std::ranges::find(told_kinds, change.kind) != told_kinds.end(); }

// "<id> <commitment>"
std::string reply_of(const store::Change& change) {
  const std::string detail = change.detail.value_or("");
  return detail.substr(0, detail.find(' '));
}

// "<key> <commitment>"
std::int64_t opt_out_of(const store::Change& change) {
  const std::string detail = change.detail.value_or("");
  std::int64_t key = 0;
  std::from_chars(detail.data(), detail.data() + detail.size(), key);
  return key;
}

// What a row is about, where several rows about it come to one event; empty: it stands for itself.
std::string subject_of(const store::Change& change) {
  if (change.kind == "item" && change.message) return "item " + std::to_string(*change.message);
  if (change.kind == "batch" && change.batch) return "batch " + std::to_string(*change.batch);
  return change.kind == "reply" ? "reply " + reply_of(change) : "";
}

std::vector<store::Change> newest_of_each(const std::vector<store::Change>& changes) {
  std::map<std::string, std::int64_t> newest;
  for (const store::Change& change : changes) newest[subject_of(change)] = change.seq;
  std::vector<store::Change> kept;
  std::ranges::copy_if(changes, std::back_inserter(kept), [&](const store::Change& change) {
    const std::string subject = subject_of(change);
    return is_told(change) && (subject.empty() || newest.at(subject) == change.seq);
  });
  return kept;
}

// One page, within its snapshot.
class Snapshot {
 public:
  Snapshot(const store::Connection& connection, base::Time now, gateway::Holds holds)
      : x_connection(connection), x_now(now), x_holds(std::move(holds)) {}

  // Nothing: it has changed again since, and is told under that number.
  std::optional<Event> event_of(const store::Change& change) const {
    Event event;
    event.change = change;
    if (change.kind == "item") return with_item(std::move(event));
    if (change.kind == "reply") return with_reply(std::move(event));
    if (change.kind == "opt-out") event.opt_out = store::find_opt_out(x_connection, opt_out_of(change));
    return event;
  }

 private:
  std::optional<Event> with_item(Event event) const {
    const auto record = store::find_message(x_connection, event.change.message.value_or(0));
    if (!record || record->progress.change_seq > event.change.seq) return std::nullopt;
    event.item = item_of(x_connection, *record, x_now, x_holds);
    return event;
  }

  std::optional<Event> with_reply(Event event) const {
    event.reply = store::find_reply(x_connection, reply_of(event.change));
    if (!event.reply || event.reply->change_seq > event.change.seq) return std::nullopt;
    return event;
  }

  const store::Connection& x_connection;
  base::Time x_now;
  gateway::Holds x_holds;
};

std::string batch_id(const store::Connection& connection, const Event& event) {
  const auto batch = event.change.kind == "batch" ? store::find_batch(connection, event.change.batch.value_or(0))
                                                  : std::optional<store::Batch>();
  return batch ? batch->id : "";
}

}  // namespace

async::Task<base::Result<EventPage>> Events::after(std::int64_t seq, std::size_t limit) {
  const base::Time now = async::now().wall;
  const gateway::Holds holds = x_gateway.holds();
  std::vector<std::string> bursts;  // their ids, beside the events
  auto unit = [&](const store::Connection& connection) -> base::Result<EventPage> {
    EventPage page;
    const std::int64_t last = store::last_seq(connection);
    if (!store::is_position(connection, seq)) return resync();
    const auto changes = store::news_after(connection, seq, limit);
    page.upto = changes.size() == limit ? changes.back().seq : last;
    const Snapshot now_seen(connection, now, holds);
    for (const store::Change& change : newest_of_each(changes)) {
      auto event = now_seen.event_of(change);
      if (!event) continue;
      bursts.push_back(batch_id(connection, *event));
      page.events.push_back(std::move(*event));
    }
    return page;
  };
  auto page = co_await x_gateway.reader().run(unit);
  for (std::size_t at = 0; page && at < page->events.size(); ++at) {
    if (bursts[at].empty()) continue;
    auto burst = co_await x_bursts.find(bursts[at]);
    if (burst) page->events[at].burst = std::move(*burst);
  }
  co_return page;
}

}  // namespace burstd::clinic
