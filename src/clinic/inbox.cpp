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

async::Task<base::Result<ReplyPage>> Inbox::list(store::InboxFilter filter) {
  auto unit = [&](const store::Connection& connection) -> base::Result<ReplyPage> {
    ReplyPage page;
    page.last_seq = store::last_seq(connection);
    if (filter.after > page.last_seq) return resync();
    page.items = store::list_replies(connection, filter);
    page.more = page.items.size() > filter.limit;
    if (page.more) page.items.pop_back();
    return page;
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
