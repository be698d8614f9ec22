#include "clinic/opt_outs.hpp"

#include <algorithm>

#include "clinic/audit.hpp"
#include "clinic/items.hpp"
#include "clinic/rules.hpp"
#include "gateway/opt_out.hpp"
#include "number/number.hpp"
#include "store/history.hpp"

namespace burstd::clinic {

namespace {

base::Error unknown_opt_out() {
  return base::Error{base::Fault::missing, "opt-out-unknown",
                     "This number is not blocked; see the list of opt-outs for those that are."};
}

base::Error patients_own_word() {
  return base::Error{base::Fault::refused, "forbidden",
                     "The patient has opted out by SMS; only an administrator may lift that, or the patient by START."};
}

store::OptOut row_of(const std::string& number, std::string_view event, const Deed& deed, base::Time at) {
  store::OptOut row;
  row.number = number;
  row.at = at;
  row.event = event;
  row.client = deed.hand.client;
  row.user = deed.hand.user;
  row.reason = deed.reason;
  row.uid = deed.hand.origin.uid;
  return row;
}

std::optional<store::OptOut> clinics_own(const std::vector<store::OptOut>& standing) {
  const auto found = std::ranges::find_if(standing, [](const auto& row) { return !store::by_patient(row); });
  return found == standing.end() ? std::nullopt : std::optional{*found};
}

gateway::Word word_of(const Deed& deed, base::Time at) { return {at, "by " + who(deed.hand)}; }

// Three digits tell numbers apart well enough in a list that others read, too.
std::string masked(const std::string& number) {
  return "…" + number.substr(number.size() - std::min(number.size(), std::size_t{3}));
}

}  // namespace

OptOuts::OptOuts(const Options& options, gateway::Gateway& gateway) : x_rules(rules_of(options)), x_gateway(gateway) {}

base::Result<std::string> OptOuts::number_of(const std::string& typed) const {
  auto number = number::parse(typed, *x_rules.plan);
  if (!number) return number.error();
  return std::move(number->e164);
}

async::Task<base::Result<Page<store::OptOut>>> OptOuts::list(std::optional<std::int64_t> before, std::size_t limit) {
  auto unit = [&](const store::Connection& connection) -> base::Result<Page<store::OptOut>> {
    if (before && !store::find_opt_out(connection, *before)) return resync();
    return page_of(store::list_opt_outs(connection, before, limit + 1), limit, store::last_seq(connection));
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<Blocked>> OptOuts::look(std::string typed) {
  const auto number = number_of(typed);
  if (!number) co_return number.error();
  auto unit = [&](const store::Connection& connection) -> base::Result<Blocked> {
    return Blocked{*number, store::standing_opt_outs(connection, *number), store::opt_outs_of(connection, *number)};
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<Blocked>> OptOuts::find(std::string typed) {
  auto found = co_await look(std::move(typed));
  if (found && found->standing.empty()) co_return unknown_opt_out();
  co_return found;
}

async::Task<base::Result<Blocked>> OptOuts::history(std::string typed) {
  auto found = co_await look(std::move(typed));
  if (found && found->history.empty()) co_return unknown_opt_out();
  co_return found;
}

async::Task<base::Result<PutOptOut>> OptOuts::block(std::string typed, Deed deed) {
  const auto number = number_of(typed);
  if (!number) co_return number.error();
  const base::Time now = async::now().wall;
  std::vector<message::Key> withdrawn;
  auto unit = [&](store::Transaction& transaction) -> base::Result<PutOptOut> {
    const auto earlier = clinics_own(store::standing_opt_outs(transaction, *number));
    if (earlier) return PutOptOut{*earlier, false};
    const auto row = store::add_opt_out(transaction, row_of(*number, store::opt_out_added, deed, now));
    put_on_record(transaction, deed.hand, Act{"opt-out-added", masked(*number), deed.reason}, now);
    withdrawn = gateway::withhold_all(transaction, x_gateway.ledger(), *number, word_of(deed, now));
    return PutOptOut{row, true};
  };
  auto put = co_await x_gateway.writer().run(unit);
  if (put) std::ranges::for_each(withdrawn, [&](message::Key key) { x_gateway.withdraw(key); });
  co_return put;
}

async::Task<base::Result<store::OptOut>> OptOuts::lift(std::string typed, Deed deed) {
  const auto number = number_of(typed);
  if (!number) co_return number.error();
  const base::Time now = async::now().wall;
  std::vector<message::Key> dropped;
  auto unit = [&](store::Transaction& transaction) -> base::Result<store::OptOut> {
    const auto standing = store::standing_opt_outs(transaction, *number);
    if (standing.empty()) return unknown_opt_out();
    if (store::by_patient(standing.front()) && !deed.as_admin) return patients_own_word();
    auto row = store::add_opt_out(transaction, row_of(*number, store::opt_out_lifted, deed, now), standing);
    put_on_record(transaction, deed.hand, Act{"opt-out-lifted", masked(*number), deed.reason}, now);
    dropped = gateway::drop_confirmations(transaction, x_gateway.ledger(), standing, now);
    return row;
  };
  auto lifted = co_await x_gateway.writer().run(unit);
  if (lifted) std::ranges::for_each(dropped, [&](message::Key key) { x_gateway.withdraw(key); });
  co_return lifted;
}

}  // namespace burstd::clinic
