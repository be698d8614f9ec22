#include "clinic/inbox.hpp"

#include "clinic/items.hpp"
#include "store/history.hpp"

namespace burstd::clinic {

namespace {

base::Error unknown_reply() {
  return base::Error{base::Fault::missing, "reply-unknown",
                     "There is no reply with this id in the record; see the inbox for the ids."};
}

}  // namespace

async::Task<base::Result<Page<store::Reply>>> Inbox::list(store::InboxFilter filter) {
  auto unit = [&](const store::Connection& connection) -> base::Result<Page<store::Reply>> {
    const std::int64_t last = store::last_seq(connection);
    if (!store::is_position(connection, filter.after.value_or(0)) ||
        (filter.before && !store::find_reply(connection, *filter.before)))
      return resync();
    return page_of(store::list_replies(connection, filter), filter.limit, last);
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<store::Reply>> Inbox::find(std::string id) {
  auto unit = [&](const store::Connection& connection) -> base::Result<store::Reply> {
    auto reply = store::find_reply(connection, id);
    if (!reply) return unknown_reply();
    return std::move(*reply);
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<store::Reply>> Inbox::acknowledge(std::string id, Hand hand) {
  auto unit = [&](store::Transaction& transaction) -> base::Result<store::Reply> {
    auto reply = store::find_reply(transaction, id);
    if (!reply) return unknown_reply();
    if (!reply->acknowledged_at)
      store::acknowledge(transaction, *reply, {async::now().wall, hand.user.value_or(""), who(hand)});
    return *reply;
  };
  co_return co_await x_gateway.writer().run(unit);
}

async::Task<std::optional<base::Time>> Inbox::oldest_unacknowledged() {
  auto unit = [](const store::Connection& connection) { return store::oldest_unacknowledged(connection); };
  co_return co_await x_gateway.reader().run(unit);
}

}  // namespace burstd::clinic
