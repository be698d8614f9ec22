#include "clinic/groups.hpp"

#include "clinic/kept_name.hpp"
#include "store/history.hpp"

namespace burstd::clinic {

namespace {

base::Error groups_full() {
  return base::Error{base::Fault::conflict, "groups-full",
                     "There are already " + std::to_string(most_kept) + " groups; delete one that nobody uses."};
}

}  // namespace

base::Error unknown_group(const std::string& name) {
  return base::Error{base::Fault::missing, "group-unknown",
                     "There is no group '" + name + "'; see the list of groups for those that are there."};
}

async::Task<GroupList> Groups::list() {
  auto unit = [](const store::Connection& connection) {
    return GroupList{store::list_groups(connection), store::last_seq(connection)};
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

async::Task<base::Result<PutGroup>> Groups::put(std::string client, std::string name, GroupDraft draft) {
  if (auto wrong = wrong_name(name)) co_return std::move(*wrong);
  const base::Time now = async::now().wall;
  store::Group given;
  given.name = name;
  given.description = std::move(draft.description);
  given.synced_at = draft.synced_at.value_or(now);
  given.changed_by = who(Withdrawal{client, draft.user, std::nullopt, now});
  auto unit = [&](store::Transaction& transaction) -> base::Result<PutGroup> {
    const bool created = !store::find_group(transaction, name);
    if (created && store::count_groups(transaction) >= most_kept) return groups_full();
    return PutGroup{store::save_group(transaction, given, draft.members, now), created};
  };
  auto put = co_await x_gateway.writer().run(unit, store::Haste::alone);
  if (put) x_gateway.changed().notify();
  co_return put;
}

async::Task<base::Result<void>> Groups::remove(std::string name, Withdrawal withdrawal) {
  withdrawal.at = async::now().wall;
  auto unit = [&](store::Transaction& transaction) -> base::Result<void> {
    if (!store::remove_group(transaction, name, who(withdrawal), withdrawal.at)) return unknown_group(name);
    return {};
  };
  auto removed = co_await x_gateway.writer().run(unit);
  if (removed) x_gateway.changed().notify();
  co_return removed;
}

}  // namespace burstd::clinic
