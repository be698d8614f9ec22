#include "clinic/watchman.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "store/census.hpp"
#include "store/messages.hpp"
#include "store/space.hpp"

namespace burstd::clinic {

namespace {

constexpr std::chrono::seconds between_rounds{10};
constexpr std::chrono::hours a_day{24}, alarm_lives{1};
constexpr std::chrono::minutes patience_with_queue{60};
constexpr double least_free = 0.03;
constexpr std::size_t hour_of_time = 13;  // letters of "2026-11-28T08"
constexpr std::size_t longest_text = 300;
constexpr const char* client = "burstd-alarm";

Sight::Modem seen(const modem::Status& status, bool rests) {
  const bool ready = status.state == modem::State::ready;
  const bool paused = status.state == modem::State::paused;
  return {status.name, status.sentence, (ready && !rests) || paused, ready && !rests};
}

// The longest beginning that fits, in whole letters.
std::string cut(std::string text) {
  if (text.size() > longest_text) text.resize(longest_text);
  while (!base::is_utf8(text)) text.pop_back();
  return text;
}

// Why what was taken does not go in time; empty: it does.
std::string obstacle_to(const Item& item) {
  const bool in_time = item.hold && item.hold->until && *item.hold->until < item.message.expires_at;
  if (item.hold && !in_time) return "it is held by: " + std::string(item.hold->by);
  return item.progress.state == message::State::queued ? "" : item.progress.error.value_or("it is not sent");
}

}  // namespace

void Watchman::follow(const Options& options, Messages& messages) {
  x_options = &options;
  x_messages = &messages;
}

void Watchman::stop() {
  x_stopped = true;
  x_end.notify();
}

async::Task<> Watchman::run() {
  while (!x_stopped) {
    if (!x_options->alarms.to.empty()) co_await round();
    if (!x_stopped) co_await x_end.wait_until(async::now().steady + between_rounds);
  }
}

// A SIM that the network refuses shows when it goes on, like one that is not tried.
Sight Watchman::sight() const {
  Sight sight;
  sight.at = async::now().wall;
  for (const modem::Status& status : x_gateway.modems())
    sight.modems.push_back(seen(status, status.state == modem::State::ready && status.next_try.has_value()));
  sight.due_since = x_gateway.activity().due_since;
  sight.kept_back = x_gateway.restoration().has_value() || async::clock_doubted() ||
                    x_gateway.writer().disk().room() == store::Room::full;
  sight.disk_runs_low = x_gateway.writer().disk().runs_low();
  const auto space = store::space_of(x_gateway.writer().folder());
  if (space && space->disk > 0) sight.free = static_cast<double>(space->free) / static_cast<double>(space->disk);
  return sight;
}

std::vector<Trouble> Watchman::look(const Sight& sight, const AlarmOptions& options) {
  std::vector<Trouble> troubles;
  std::map<std::string, base::Time> away;
  for (const auto& [name, sentence, able, sends] : sight.modems) {
    if (able) continue;
    const auto known = x_away.find(name);
    const base::Time since = known == x_away.end() ? sight.at : known->second;
    away.emplace(name, since);
    if (sight.at - since >= options.after)
      troubles.push_back({"modem-" + name, "Modem " + name + " does not send. " + sentence});
  }
  x_away = std::move(away);
  if (sight.due_since && sight.at - *sight.due_since >= patience_with_queue)
    troubles.push_back({"due", "Messages that could go have waited for more than an hour. See burstctl status."});
  if (sight.free < least_free || sight.disk_runs_low)
    troubles.push_back({"disk", "The disk of the record is nearly full. Make room, or nothing more is taken."});
  const bool carried = std::ranges::any_of(sight.modems, &Sight::Modem::sends);
  if (!carried || sight.kept_back) troubles.clear();
  return troubles;
}

async::Task<> Watchman::round() {
  const Sight now = sight();
  const auto troubles = look(now, x_options->alarms);
  for (const Trouble& trouble : troubles) co_await tell(trouble, now.at);
}

// The reference is one for the cause and the hour: the record knows whether it was told.
async::Task<> Watchman::tell(Trouble trouble, base::Time now) {
  const base::Time since = now - a_day;
  const int most = x_options->alarms.most_a_day;
  Draft draft;
  draft.client_ref = trouble.cause + "@" + base::to_rfc3339(now).substr(0, hour_of_time);
  const std::string& ref = draft.client_ref;
  auto unit = [&](const store::Connection& connection) {
    return store::find_message_ref(connection, client, ref).has_value() ||
           store::count_of_client(connection, client, since) >= most;
  };
  if (co_await x_gateway.reader().run(unit)) co_return;
  draft.to = x_options->alarms.to;
  draft.text = cut("burstd: " + trouble.sentence);
  draft.priority = message::Priority::urgent;
  draft.is_alarm = true;
  draft.category = std::string(direct_category);
  draft.expires_at = now + alarm_lives;
  const auto told = co_await x_messages->submit(client, std::move(draft));
  const std::string obstacle = told ? obstacle_to(told->item) : told.error().sentence;
  if (told && obstacle.empty()) co_return spdlog::warn("IT is told by a message: {}", trouble.sentence);
  if (std::exchange(x_untold, ref) != ref)
    spdlog::error("IT could not be told by a message: {} ({})", trouble.sentence, obstacle);
}

}  // namespace burstd::clinic
