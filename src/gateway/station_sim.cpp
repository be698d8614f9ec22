// The part of Station that looks after what goes by its name: the right hardware, the right SIM, its PIN, its credit.
#include <spdlog/spdlog.h>

#include <array>
#include <utility>

#include "gateway/berth.hpp"
#include "gateway/credit.hpp"
#include "gateway/insist.hpp"
#include "gateway/station.hpp"
#include "modem/sentences.hpp"
#include "store/berths.hpp"
#include "store/pins.hpp"

namespace burstd::gateway {

namespace {

constexpr int last_try = 1;

const char* word_of(modem::PinEnd end) {
  static constexpr std::array words{"accepted", "refused", "unanswered", "not-typed"};
  return words.at(static_cast<std::size_t>(end));
}

// Where a modem hides the SIM's number until the PIN is typed, the card goes by the modem; later by itself.
std::vector<std::string> cards_of(const modem::Identity& identity) {
  std::vector<std::string> cards;
  if (!identity.iccid.empty()) cards.push_back(identity.iccid);
  if (!identity.imei.empty()) cards.push_back("imei:" + identity.imei);
  return cards;
}

bool is_blocked(const store::Connection& connection, const modem::Identity& identity, const std::string& pin) {
  for (const std::string& card : cards_of(identity)) {
    if (store::pin_blocked(connection, store::pin_pair(connection, card, pin))) return true;
  }
  return false;
}

void release(store::Transaction& transaction, const modem::Identity& identity, const std::string& pin, base::Time at) {
  for (const std::string& card : cards_of(identity))
    store::release_pin(transaction, store::pin_pair(transaction, card, pin), at);
}

bool was_accepted(const store::Connection& connection, const modem::Identity& identity, const std::string& pin) {
  for (const std::string& card : cards_of(identity)) {
    if (store::pin_accepted(connection, store::pin_pair(connection, card, pin))) return true;
  }
  return false;
}

bool same_as(const store::Berth& one, const store::Berth& other) {
  return one.imei == other.imei && one.iccid == other.iccid && one.imsi == other.imsi && one.sim == other.sim;
}

}  // namespace

// The first that answers under a name is remembered; another one needs a person's word.
async::Task<modem::Welcome> Station::welcome(const modem::Identity& given) {
  const base::Time now = async::now().wall;
  auto look = [&](const store::Connection& connection) { return store::find_berth(connection, x_name); };
  const auto berth = co_await x_shared.reader.run(look);
  modem::Identity identity = given;
  const bool same_subscriber = berth && !identity.imsi.empty() && identity.imsi == berth->imsi;
  if (identity.iccid.empty() && same_subscriber) identity.iccid = berth->iccid;
  modem::Welcome welcome{objection(options(), berth, identity), identity.iccid};
  x_unwelcome.reset();
  if (!welcome.objection.empty()) x_unwelcome = identity;
  const bool nameless = identity.iccid.empty() && identity.imsi.empty();
  if (x_unwelcome || nameless) co_return welcome;
  const store::Berth next = bound(x_name, berth, identity, now);
  if (berth && same_as(*berth, next)) co_return welcome;
  auto bind = [&](store::Transaction& transaction) -> base::Result<bool> {
    const auto still = store::find_berth(transaction, x_name);
    const bool adopted_meanwhile = still && (!berth || still->adopted_at != berth->adopted_at);
    if (!adopted_meanwhile) store::save_berth(transaction, next);
    return !adopted_meanwhile;
  };
  const auto saved = co_await insist(x_shared.writer, bind, x_waits);
  if (saved && *saved && options().port.empty()) x_shared.finder.want(wanted_of(options(), next));
  co_return welcome;
}

async::Task<modem::PinLeave> Station::begin_pin(const modem::Identity& identity, const std::string& pin,
                                                bool by_person) {
  const base::Time now = async::now().wall;
  auto unit = [&](store::Transaction& transaction) -> base::Result<modem::PinLeave> {
    modem::PinLeave leave;
    if (by_person) release(transaction, identity, pin, now);
    const auto berth = store::find_berth(transaction, x_name);
    const bool foreign =
        !by_person && is_another_sims_pin(options(), berth) && !was_accepted(transaction, identity, pin);
    if (is_blocked(transaction, identity, pin)) leave.refusal = modem::pin_spent(x_name);
    if (foreign) leave.refusal = modem::pin_of_another(x_name);
    if (cards_of(identity).empty()) leave.refusal = modem::pin_uncountable(x_name);
    if (!leave.refusal.empty()) return leave;
    const auto pair = store::pin_pair(transaction, cards_of(identity).front(), pin);
    leave.attempt = store::begin_pin_attempt(transaction, pair, x_name, now);
    return leave;
  };
  const auto leave = co_await insist(x_shared.writer, unit, x_waits);
  if (leave) co_return *leave;
  modem::PinLeave none;
  none.refusal = "The PIN is not typed, because the attempt cannot be recorded: " + leave.error().sentence;
  co_return none;
}

async::Task<> Station::end_pin(std::int64_t attempt, modem::PinEnd end) {
  const base::Time now = async::now().wall;
  auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
    store::end_pin_attempt(transaction, attempt, word_of(end), now);
    return true;
  };
  co_await insist(x_shared.writer, unit, x_waits);
  spdlog::log(end == modem::PinEnd::accepted ? spdlog::level::info : spdlog::level::warn, "modem {}: its PIN was {}",
              x_name, word_of(end));
}

base::Result<void> Station::unlock(modem::Release release) {
  const modem::Status status = x_status;
  if (!status.wants_pin || status.state != modem::State::waiting) {
    return base::Error{base::Fault::conflict, "pin-not-wanted",
                       "The SIM in modem " + x_name + " does not wait for a PIN."};
  }
  if (!release.pin && !options().pin) {
    return base::Error{base::Fault::conflict, "pin-missing",
                       "No PIN of modem " + x_name + " is configured; one must be given."};
  }
  if (status.pin_tries && *status.pin_tries <= last_try && !release.last_try) {
    return base::Error{base::Fault::conflict, "pin-last-try",
                       "The SIM in modem " + x_name +
                           " has one try left for its PIN; a wrong one locks it, and only its "
                           "PUK opens it again. Say that you take the last try (--last-try) when you are sure."};
  }
  x_modem.release(std::move(release));
  return {};
}

modem::Credit Station::credit(const std::string& text, std::optional<int> coding) const {
  modem::Credit credit;
  credit.answer = service_text(text, coding);
  credit.amount = amount_in(credit.answer, options().balance.pattern);
  credit.at = async::now().wall;
  if (!credit.amount)
    spdlog::warn("modem {}: the pattern for its credit does not fit what the operator answers", x_name);
  return credit;
}

base::Result<void> Station::reset() {
  switch (x_status.state) {
    case modem::State::absent:
    case modem::State::busy:
    case modem::State::paused:
    case modem::State::stopped:
      return base::Error{base::Fault::conflict, "modem-away",
                         "Modem " + x_name + " cannot be reset now: " +
                             (x_status.sentence.empty() ? std::string("it is not there.") : x_status.sentence)};
    default:
      break;
  }
  x_modem.reset();
  return {};
}

}  // namespace burstd::gateway
