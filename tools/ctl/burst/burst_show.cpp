#include "ctl/burst/burst_show.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <limits>
#include <ostream>

#include "ctl/burst/burst_view.hpp"
#include "ctl/burst/burst_watch.hpp"
#include "ctl/items/call_list.hpp"
#include "ctl/wire/pages.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

// A cancelled preview has no messages.
bool was_sent(const json::object& batch) {
  const std::string state = text(batch, "state");
  return state != "preview" && state != "expired" && progress_of(batch).total > 0;
}

std::int64_t cancelled(const json::object& batch) {
  return count(object(object(batch, "counts"), "state"), "cancelled");
}

// What the withdrawal of a burst has done, by how it was before and how it is now.
struct Outcome {
  std::string sentence;
  bool done = true;  // something was withdrawn
};

Outcome outcome_of(const json::object& before, const json::object& now) {
  const std::string state = text(before, "state"), id = printable(text(now, "id"));
  const std::int64_t withdrawn = cancelled(now) - cancelled(before);
  if (withdrawn > 0) {
    return {fmt::format("Withdrawn: {} message{} of burst {} of which nothing had left.", withdrawn,
                        withdrawn == 1 ? "" : "s", id)};
  }
  if (state == "preview") return {fmt::format("The preview {} is withdrawn; nothing of it was sent.", id)};
  if (state == "expired") return {"there is nothing to withdraw: it was only previewed, and is expired.", false};
  if (state == "cancelled") return {"there is nothing to withdraw: burst " + id + " was cancelled before.", false};
  if (text(now, "state") == "cancelled") {
    return {"nothing was withdrawn: of every message of burst " + id +
                " something has left, or it has ended. What comes back undelivered is not sent once more.",
            false};
  }
  return {"there is nothing to withdraw: of every message of burst " + id +
              " something has left, or it has ended. What became of them: burstctl burst show " + id,
          false};
}

}  // namespace

std::string path_of_burst(const std::string& id) { return "/v1/batches/" + encoded(id); }

Or<json::array> rows_of_burst(const Session& session, const std::string& id) {
  auto pages = fetch_pages(session, path_of_burst(id) + "/rows", {}, std::numeric_limits<std::size_t>::max());
  if (!pages) return pages.error();
  return std::move(pages->items);
}

Exit show_burst(const Session& session, const Showing& showing) {
  const auto reply = ask(session, {"GET", path_of_burst(showing.id), {}});
  if (!reply) return reply.error();
  if (session.json && !showing.watch) print_raw(session, reply->answer);
  const bool is_preview = text(reply->object(), "state") == "preview";
  const bool asks_rows = showing.rows || (is_preview && !session.json && !showing.watch);
  const auto rows = asks_rows ? rows_of_burst(session, showing.id) : Or<json::array>(json::array());
  if (!rows) return rows.error();
  if (!session.json) {
    print_summary(session, reply->object(),
                  is_preview && asks_rows ? std::optional(figures_of(*rows, {})) : std::nullopt);
  }
  if (showing.rows && !session.json) {
    session.term.out << '\n';
    print_rows(session, *rows, {});
  }
  if (showing.watch) return watch_burst(session, showing.id);
  if (session.json || !was_sent(reply->object())) return Exit::done;
  const auto slip = print_slip(session, reply->object());
  if (!slip) return slip.error();
  session.term.out << "Its messages: burstctl items --batch " << printable(showing.id) << '\n';
  return Exit::done;
}

Exit cancel_burst(const Session& session, const Withdrawal& withdrawal) {
  const auto before = ask(session, {"GET", path_of_burst(withdrawal.id), {}});
  if (!before) return before.error();
  json::object body;
  put(body, "user", withdrawal.user);
  put(body, "reason", withdrawal.reason);
  const auto reply = ask(session, {"POST", path_of_burst(withdrawal.id) + "/cancel", json::serialize(body)});
  if (!reply) return reply.error();
  const Outcome outcome = outcome_of(before->object(), reply->object());
  if (session.json) {
    print_raw(session, reply->answer);
    return outcome.done ? Exit::done : Exit::refused;
  }
  if (!outcome.done) return complain(session, outcome.sentence);
  session.term.out << outcome.sentence << '\n';
  const std::string counts = counts_in_words(session, reply->object());
  if (!counts.empty()) session.term.out << counts << '\n';
  return Exit::done;
}

}  // namespace burstd::ctl
