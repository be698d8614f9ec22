#include "clinic/burst_view.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "clinic/items.hpp"
#include "clinic/quota.hpp"
#include "clinic/selection.hpp"

namespace burstd::clinic {

namespace {

constexpr std::size_t most_lines = std::numeric_limits<int>::max();

std::int64_t sum(const std::vector<store::Count>& counts, std::initializer_list<std::string_view> words) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}, [&](std::int64_t total, const auto& count) {
    const bool counted = words.size() == 0 || std::ranges::find(words, count.word) != words.end();
    return counted ? total + count.number : total;
  });
}

std::string state_of(const Burst& burst, base::Time now) {
  if (burst.batch.state == "cancelled") return "cancelled";
  if (burst.batch.state == "preview") return burst.batch.preview_until <= now ? "expired" : "preview";
  if (burst.done == burst.total) return "done";
  const bool begun = sum(burst.by_state, {"sending", "retrying", "submitted", "delivered", "unconfirmed", "uncertain"});
  return begun ? "sending" : "queued";
}

bool is_to_go(const Burst& burst) {
  return burst.state == "preview" || burst.state == "queued" || burst.state == "sending";
}

base::Time begin_of(const Burst& burst, base::Time now) { return std::max(now, burst.batch.send_after.value_or(now)); }

std::optional<base::Time> opening_of(const Burst& burst, const Outlook& at) {
  if (!is_to_go(burst)) return std::nullopt;
  const base::Time begin = begin_of(burst, at.now);
  const auto opening = at.rooms.opening(begin, burst.batch.category);
  return opening > begin ? opening : std::nullopt;
}

// Segments of the burst, and of what goes before it or with it.
struct Backlog {
  std::int64_t own = 0, others = 0;
};

// Not before it may begin, and not before what goes with it or before it; within its hours.
std::optional<base::Time> leaves(const Burst& burst, const Outlook& at, const Backlog& backlog) {
  const auto alone = at.rooms.finish(begin_of(burst, at.now), backlog.own, burst.batch.category);
  const auto in_turn = at.rooms.finish(at.now, backlog.others + backlog.own, burst.batch.category);
  return alone && in_turn ? std::optional(std::max(*alone, *in_turn)) : std::nullopt;
}

// Nothing where all of it expires before the first could leave.
std::optional<base::Time> eta_of(Queue& queue, const Burst& burst, const Outlook& at, base::Time expiry) {
  if (!is_to_go(burst) || at.holds.restored) return std::nullopt;
  Backlog backlog{burst.totals.segments, queue.due(begin_of(burst, at.now))};
  if (burst.state != "preview") {
    backlog.own = burst.quota.needed;
    backlog.others -= backlog.own;
  }
  const auto first = leaves(burst, at, {std::min<std::int64_t>(backlog.own, 1), backlog.others});
  if (!first || (backlog.own > 0 && *first > expiry)) return std::nullopt;
  return leaves(burst, at, backlog);
}

// What is queued, told apart as its items are.
void tell_held(const store::Connection& connection, Burst& burst, const Outlook& at) {
  const auto queued = std::ranges::find(burst.by_state, "queued", &store::Count::word);
  if (queued == burst.by_state.end()) return;
  const std::int64_t kept = store::count_held(connection, burst.batch.id, held_now(at.holds, at.now));
  if (kept == 0) return;
  queued->number -= kept;
  if (queued->number == 0) burst.by_state.erase(queued);
  burst.by_state.push_back({"held", kept});
}

// What still waits of a burst that is on its way.
Need need_of_queued(const store::Connection& connection, const Burst& burst, const Outlook& at) {
  Need need;
  need.batch = burst.batch.key;
  need.end = at.now;
  for (const store::Queued& one : store::queued_of_batch(connection, burst.batch.key)) {
    need.add(at.rooms, one.number, one.segments);
    need.end = std::max(need.end, one.expires_at);
  }
  return need;
}

// Of a preview, what is selected, to its last expiry.
Need need_of(const store::Connection& connection, const Burst& burst, const Outlook& at, const burst::Rules& rules) {
  if (burst.state != "preview") return need_of_queued(connection, burst, at);
  burst::Timing timing;
  timing.now = at.now;
  timing.send_after = burst.batch.send_after;
  timing.expires_at = burst.batch.messages_expire_at;
  Need need;
  need.end = burst::expiry_of(timing, std::nullopt, rules);
  base::Time last = at.now;
  for (const store::BatchLine& line : store::batch_lines(connection, burst.batch.key, 0, most_lines)) {
    if (!line.selected || line.verdict != burst::to_string(burst::Verdict::ok)) continue;
    need.add(at.rooms, line.number, line.segments);
    last = std::max(last, burst::row_expiry_of(timing, line.appointment_at, rules));
  }
  if (!need.numbers.empty()) need.end = last;
  return need;
}

}  // namespace

burst::Timing timing_of(const store::Batch& batch, const Outlook& at, std::size_t rows) {
  burst::Timing timing;
  timing.now = at.now;
  timing.send_after = batch.send_after;
  timing.expires_at = batch.messages_expire_at;
  const auto waiting = static_cast<std::int64_t>(at.waiting),
             more = static_cast<std::int64_t>(std::max<std::size_t>(rows, 1));
  const auto before = at.rooms.finish(at.now, waiting), after = at.rooms.finish(at.now, waiting + more);
  const auto opening = at.rooms.finish(std::max(at.now, batch.send_after.value_or(at.now)), 0, batch.category);
  timing.opening = [&at, category = batch.category](base::Time from) { return at.rooms.opening(from, category); };
  if (!before || !after || !opening) return timing;
  timing.backlog = std::max(*before, *opening) - at.now;
  timing.per_segment = (*after - *before) / more;
  return timing;
}

Burst view(Queue& queue, store::Batch batch, const Outlook& at, const burst::Rules& rules) {
  const store::Connection& connection = queue.connection();
  Burst burst;
  burst.batch = std::move(batch);
  burst.totals = store::batch_totals(connection, burst.batch.key);
  if (burst.batch.selection) burst.totals.selected = static_cast<int>(rows_in(*burst.batch.selection).size());
  burst.by_status = store::count_by_status(connection, burst.batch.id);
  burst.by_state = store::count_by_state(connection, burst.batch.id);
  burst.failures =
      sum(burst.by_status, {message::to_string(message::Status::failed)}) - sum(burst.by_state, {"cancelled"});
  burst.total = sum(burst.by_state, {});
  burst.done = burst.total - sum(burst.by_state, {"queued", "sending", "retrying"});
  tell_held(connection, burst, at);
  burst.state = state_of(burst, at.now);
  burst.opens_at = opening_of(burst, at);
  const Need need = need_of(connection, burst, at, rules);
  burst.quota = quota_of(queue, need, at.margin);
  burst.eta = eta_of(queue, burst, at, need.end);
  return burst;
}

}  // namespace burstd::clinic
