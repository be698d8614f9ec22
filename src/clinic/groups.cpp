#include "clinic/groups.hpp"

#include "clinic/audit.hpp"
#include "clinic/kept_name.hpp"
#include "store/history.hpp"

namespace burstd::clinic {

namespace {

// How many members it has; who they are is not told.
Act act_of(const std::optional<store::Group>& before, const store::Group& now) {
  const std::string size = std::to_string(now.size);
  if (!before) return Act{"created", now.name, "members: " + size};
  const std::string was = before->size == now.size ? "" : ", before: " + std::to_string(before->size);
  return Act{"changed", now.name, "members: " + size + was};
}

base::Error groups_full() {
  return base::Error{base::Fault::conflict, "groups-full",
                     "There are already " + std::to_string(most_kept) + " groups; delete one that nobody uses."};
}

}  // namespace

base::Error unknown_group(const std::string& name) {
  return base::Error{base::Fault::missing, "group-unknown",
                     "There is no group '" + name + "'; see the list of groups for those that are there."};
}

async::Task<Page<store::Group>> Groups::list(std::string after, std::size_t limit) {
  auto unit = [&](const store::Connection& connection) {
    return page_of(store::list_groups(connection, after, limit + 1), limit, store::last_seq(connection));
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<WholeGroup>> Groups::find(std::string name) {
  auto unit = [&](const store::Connection& connection) -> base::Result<WholeGroup> {
    const auto group = store::find_group(connection, name);
    if (!group) return unknown_group(name);
    return WholeGroup{*group, store::members_of(connection, group->key)};
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<PutGroup>> Groups::put(Hand hand, std::string name, GroupDraft draft) {
  if (auto wrong = wrong_name(name)) co_return std::move(*wrong);
  const base::Time now = async::now().wall;
  store::Group given;
  given.name = name;
  given.description = std::move(draft.description);
  given.synced_at = draft.synced_at.value_or(now);
  given.changed_by = who(hand);
  auto unit = [&](store::Transaction& transaction) -> base::Result<PutGroup> {
    const auto before = store::find_group(transaction, name);
    if (!before && store::count_groups(transaction) >= most_kept) return groups_full();
    PutGroup kept{store::save_group(transaction, given, draft.members, now), !before};
    put_on_record(transaction, hand, act_of(before, kept.group), now);
    return kept;
  };
  auto put = co_await x_gateway.writer().run(unit, store::Haste::alone);
  if (put) x_gateway.changed().notify();
  co_return put;
}

async::Task<base::Result<void>> Groups::remove(std::string name, Withdrawal withdrawal) {
  withdrawal.at = async::now().wall;
  auto unit = [&](store::Transaction& transaction) -> base::Result<void> {
    const Hand hand = hand_of(withdrawal);
    if (!store::remove_group(transaction, name, who(hand), withdrawal.at)) return unknown_group(name);
    put_on_record(transaction, hand, Act{"deleted", name, withdrawal.reason}, withdrawal.at);
    return {};
  };
  auto removed = co_await x_gateway.writer().run(unit);
  if (removed) x_gateway.changed().notify();
  co_return removed;
}

}  // namespace burstd::clinic
