#include "clinic/audit.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "clinic/items.hpp"

namespace burstd::clinic {

namespace {

// The first refusal is written at once; those that follow, to the same client by the same route, once in this time.
constexpr std::chrono::minutes between_rows{1};

}  // namespace

void put_on_record(store::Transaction& transaction, const Hand& hand, const Act& act, base::Time at) {
  store::AuditRow row;
  row.at = at;
  row.uid = hand.origin.uid;
  row.client = hand.client;
  row.user = hand.user;
  row.route = hand.origin.route;
  row.subject = act.subject;
  row.event = act.event;
  row.change = act.change;
  store::append_audit(transaction, std::move(row));
}

async::Task<base::Result<Page<store::AuditRow>>> Audit::list(std::optional<std::int64_t> before, std::size_t limit) {
  auto unit = [&](const store::Connection& connection) -> base::Result<Page<store::AuditRow>> {
    if (before && !store::has_audit_row(connection, *before)) return resync();
    return page_of(store::list_audit(connection, before, limit + 1), limit, store::last_seq(connection));
  };
  co_return co_await x_gateway.reader().run(unit);
}

// Of several the last is told of, and how many there were.
void Audit::refuse(const Refusal& refusal) {
  Gathered& gathered = x_refusals[Key{refusal.origin.uid, refusal.client, refusal.origin.route, refusal.why}];
  ++gathered.unwritten;
  store::AuditRow& row = gathered.row;
  row.at = async::now().wall;
  row.uid = refusal.origin.uid;
  row.client = refusal.client;
  row.route = refusal.origin.route;
  row.subject = refusal.subject;
  row.event = "refused";
  row.change = refusal.why;
  x_changed.notify();
}

async::Task<> Audit::run() {
  while (!x_stopped) {
    const base::Steady now = async::now().steady;
    co_await write(now);
    base::Steady next = base::Steady::max();
    for (const auto& [key, gathered] : x_refusals) next = std::min(next, gathered.due);
    if (!x_stopped) co_await x_changed.wait_until(std::max(next, now + base::Milliseconds{100}));
  }
  co_await write(base::Steady::max());
}

void Audit::stop() {
  x_stopped = true;
  x_changed.notify();
}

// What the disk does not take now it may take later.
async::Task<> Audit::write(base::Steady now) {
  std::erase_if(x_refusals, [&](const auto& one) { return one.second.unwritten == 0 && one.second.due <= now; });
  std::vector<store::AuditRow> due;
  for (auto& [key, gathered] : x_refusals) {
    if (gathered.unwritten == 0 || gathered.due > now) continue;
    due.push_back(gathered.row);
    due.back().times = std::exchange(gathered.unwritten, 0);
    gathered.due = async::now().steady + between_rows;
  }
  if (due.empty()) co_return;
  auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
    for (const store::AuditRow& row : due) store::append_audit(transaction, row);
    return true;
  };
  const auto written = co_await x_gateway.writer().run(unit, store::Haste::can_wait);
  if (written) co_return;
  spdlog::warn("refusals are not in the audit yet: {}", written.error().sentence);
  for (const store::AuditRow& row : due) {
    x_refusals[Key{row.uid, row.client, row.route, row.change.value_or("")}].unwritten += row.times;
  }
}

}  // namespace burstd::clinic
