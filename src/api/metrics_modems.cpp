// The part of the metrics that is said of each modem. None says whose SIM it is or which number.
#include <array>

#include "api/exposition.hpp"
#include "api/metrics.hpp"

namespace burstd::api {

namespace {

using modem::State;
using modem::Status;

constexpr std::array all_modem_states{State::absent,    State::busy,        State::opening, State::setting_up,
                                      State::waiting,   State::ready,       State::paused,  State::failed,
                                      State::resetting, State::quarantined, State::stopped};
constexpr int home = 1, roaming = 5;                  // 27.007, 7.2
constexpr int weakest_dbm = -113, dbm_of_a_step = 2;  // 27.007, 8.5
constexpr int unknown_signal = 99;

double since_1970(const std::optional<base::Time>& time) {
  return time ? std::chrono::duration<double>(time->time_since_epoch()).count() : 0.0;
}

bool is_registered(const Status& modem) { return modem.registration == home || modem.registration == roaming; }

// A figure that every modem has.
struct Figure {
  const char *name, *help;
  bool counter;
  double (*value)(const Status&);
};

constexpr std::array figures{
    Figure{"burstd_modem_ready", "Whether the modem sends.", false,
           [](const Status& modem) { return modem.state == State::ready ? 1.0 : 0.0; }},
    Figure{"burstd_modem_state_since_timestamp_seconds", "When the modem came into its state, in seconds since 1970.",
           false, [](const Status& modem) { return since_1970(modem.since); }},
    Figure{"burstd_modem_registered", "Whether the network has the modem, at home or roaming.", false,
           [](const Status& modem) { return is_registered(modem) ? 1.0 : 0.0; }},
    Figure{"burstd_modem_reports_missing", "Whether no delivery report has come in a day although messages were sent.",
           false, [](const Status& modem) { return modem.reports_missing ? 1.0 : 0.0; }},
    Figure{"burstd_modem_accepted_total", "Parts of messages that the network took from the modem.", true,
           [](const Status& modem) { return static_cast<double>(modem.accepted); }},
    Figure{"burstd_modem_last_accepted_timestamp_seconds", "When it last did, in seconds since 1970; 0: not yet.",
           false, [](const Status& modem) { return since_1970(modem.last_accepted); }},
    Figure{"burstd_modem_last_report_timestamp_seconds",
           "When a delivery report last came by the modem, in seconds since 1970; 0: not yet.", false,
           [](const Status& modem) { return since_1970(modem.last_report); }},
};

void put_figure(Exposition& page, const Figure& figure, const std::vector<clinic::KeptModem>& modems) {
  if (figure.counter) page.counter(figure.name, figure.help);
  if (!figure.counter) page.gauge(figure.name, figure.help);
  for (const auto& kept : modems) page.add(figure.value(kept.status), {{"modem", kept.status.name}});
}

void put_what_it_is(Exposition& page, const std::vector<clinic::KeptModem>& modems) {
  page.gauge("burstd_modem_info", "What the modem is; always 1.");
  for (const auto& [modem, owed, left] : modems) {
    page.add(1, {{"modem", modem.name},
                 {"driver", modem.driver},
                 {"manufacturer", modem.identity.manufacturer},
                 {"model", modem.identity.model},
                 {"operator", modem.operator_name}});
  }
  page.gauge("burstd_modem_state", "1 for the state that the modem is in, 0 for all others.");
  for (const auto& kept : modems) {
    for (const State state : all_modem_states) {
      page.add(kept.status.state == state ? 1 : 0, {{"modem", kept.status.name}, {"state", modem::to_string(state)}});
    }
  }
}

void put_signal(Exposition& page, const std::vector<clinic::KeptModem>& modems) {
  page.gauge("burstd_modem_signal_dbm", "How strong the network is there; missing: not known.");
  for (const auto& kept : modems) {
    const int signal = kept.status.signal.value_or(unknown_signal);
    if (signal != unknown_signal) page.add(weakest_dbm + dbm_of_a_step * signal, {{"modem", kept.status.name}});
  }
}

void put_recoveries(Exposition& page, const std::vector<clinic::KeptModem>& modems) {
  page.counter("burstd_modem_recoveries_total", "What was done to get the modem going again, by step.");
  for (const auto& kept : modems) {
    const modem::Recoveries& done = kept.status.recoveries;
    const std::array<std::pair<const char*, std::uint64_t>, 5> steps{{{"probe", done.probes},
                                                                      {"reopen", done.reopens},
                                                                      {"reset", done.resets},
                                                                      {"usb-reset", done.usb_resets},
                                                                      {"quarantine", done.quarantines}}};
    for (const auto& [step, number] : steps)
      page.add(static_cast<double>(number), {{"modem", kept.status.name}, {"step", step}});
  }
}

void put_quota(Exposition& page, const std::vector<clinic::KeptModem>& modems) {
  page.gauge("burstd_modem_quota_left", "What the SIM's limits leave, by limit: segments, of recipients numbers.");
  for (const auto& [modem, owed, left] : modems) {
    if (!left) continue;
    for (const auto& limit : left->limits)
      page.add(limit.left, {{"modem", modem.name}, {"limit", message::to_string(limit.limit)}});
  }
  page.gauge("burstd_modem_credit_left_segments", "Segments that the SIM's money pays for; missing: no prepaid SIM.");
  for (const auto& [modem, owed, left] : modems) {
    if (left && left->credit) page.add(static_cast<double>(*left->credit), {{"modem", modem.name}});
  }
}

}  // namespace

void put_modems(Exposition& page, const std::vector<clinic::KeptModem>& modems) {
  put_what_it_is(page, modems);
  for (const Figure& figure : figures) put_figure(page, figure, modems);
  put_signal(page, modems);
  put_recoveries(page, modems);
  put_quota(page, modems);
}

}  // namespace burstd::api
