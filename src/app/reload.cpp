#include "app/reload.hpp"

#include <spdlog/spdlog.h>

#include <filesystem>

#include "app/log.hpp"
#include "app/settings.hpp"
#include "base/counted.hpp"
#include "clinic/audit.hpp"

namespace burstd::app {

namespace {

api::Faults faults_of(const std::vector<config::Complaint>& complaints) {
  api::Faults faults;
  for (const auto& [file, line, column, sentence] : complaints)
    faults.add(fmt::format("/{}:{}:{}", std::filesystem::path(file).filename().string(), line, column), sentence);
  return faults;
}

// "sending.limits.per_day, clinic.margin; not before a restart: api.socket"
std::string words_of(const config::Changes& changes) {
  std::string words =
      changes.taken_up.empty() ? "nothing differs" : fmt::format("{}", fmt::join(changes.taken_up, ", "));
  if (!changes.for_restart.empty())
    words += fmt::format("; not before a restart: {}", fmt::join(changes.for_restart, ", "));
  return words;
}

// What waits for a restart differs again at the next reload.
void keep(config::Values& values, const config::Values& now, const std::vector<std::string>& taken_up) {
  for (const std::string& key : taken_up) {
    const auto found = now.find(key);
    if (found == now.end()) values.erase(key);
    if (found != now.end()) values[key] = found->second;
  }
}

// Of one reload, however it ends.
class Turn {
 public:
  Turn(bool& under_way, async::Signal& done) : x_under_way(under_way), x_done(done) { x_under_way = true; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    x_under_way = false;
    x_done.notify();
  }

 private:
  bool& x_under_way;
  async::Signal& x_done;
};

}  // namespace

async::Task<api::Reloaded> Reload::run(clinic::Hand hand) {
  while (x_under_way) co_await x_done.wait();
  const auto loaded = load_settings(x_in_force.file);
  api::Reloaded reloaded;
  reloaded.complaints = faults_of(loaded.complaints);
  if (!loaded.complaints.empty()) {
    spdlog::error("the configuration is not taken up, it has {}: {}",
                  base::counted(static_cast<std::int64_t>(loaded.complaints.size()), "mistake", "mistakes"),
                  config::to_string(loaded.complaints.front()));
    co_return reloaded;
  }
  const Turn turn(x_under_way, x_done);
  const auto changes = config::changes_between(x_in_force.values, loaded.values);
  if (!changes.taken_up.empty()) co_await take_up(loaded);
  keep(x_in_force.values, loaded.values, changes.taken_up);
  std::string words = words_of(changes);
  spdlog::info("the configuration is read anew: {}", words);
  co_await put_on_record(std::move(hand), std::move(words));
  reloaded.warnings = faults_of(loaded.warnings);
  reloaded.taken_up = changes.taken_up;
  reloaded.for_restart = changes.for_restart;
  co_return reloaded;
}

async::Task<> Reload::take_up(const config::Loaded& loaded) {
  const config::Config& config = loaded.config;
  for (const auto& warning : loaded.warnings) spdlog::warn("{}", config::to_warning(warning));
  set_log_level(config.log_level);
  x_api.retune(config.clients, config.clinic);
  auto retuning = x_gateway.retune(config.sending, config.modems);
  co_await std::move(retuning);
}

// After the deed, as what is done to a modem: a full disk must not keep anybody from changing the configuration.
async::Task<> Reload::put_on_record(clinic::Hand hand, std::string change) {
  const clinic::Act act{"reloaded", "configuration", std::move(change)};
  auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
    clinic::put_on_record(transaction, hand, act, async::now().wall);
    return true;
  };
  const auto recorded = co_await x_gateway.writer().run(unit);
  if (!recorded)
    spdlog::warn("that the configuration was read anew could not be recorded: {}", recorded.error().sentence);
}

}  // namespace burstd::app
