#include "ctl/watch/health.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/counted.hpp"

namespace burstd::ctl {

namespace {

constexpr double a_minute = 60, an_hour = 3600, hundred = 100;

class Judge {
 public:
  void find(Health health, std::string sentence) {
    if (health == Health::ok) return;
    diagnosis.health = std::max(diagnosis.health, health);
    diagnosis.findings.push_back({health, std::move(sentence)});
  }

  void perform(const std::string& name, double value, const char* unit, Threshold threshold = {}) {
    const auto limit = [](double at) { return at > 0 ? fmt::format("{}", at) : std::string(); };
    diagnosis.performance.push_back(
        fmt::format("{}={}{};{};{};0", name, value, unit, limit(threshold.warning), limit(threshold.critical)));
  }

  Diagnosis diagnosis;
};

Health at_least(double value, Threshold threshold) {
  if (threshold.critical > 0 && value >= threshold.critical) return Health::critical;
  return threshold.warning > 0 && value >= threshold.warning ? Health::warning : Health::ok;
}

Health at_most(double value, Threshold threshold) {
  if (threshold.critical > 0 && value <= threshold.critical) return Health::critical;
  return threshold.warning > 0 && value <= threshold.warning ? Health::warning : Health::ok;
}

std::string span_in_words(double seconds) {
  if (seconds < 2 * a_minute) return fmt::format("{:.0f} s", seconds);
  return seconds < 2 * an_hour ? fmt::format("{:.0f} min", seconds / a_minute)
                               : fmt::format("{:.0f} h", seconds / an_hour);
}

std::string modem_of(const Sample& sample) {
  const auto found = sample.labels.find("modem");
  return found == sample.labels.end() ? "?" : found->second;
}

bool is_paused(const Figures& figures, const std::string& modem) {
  const auto& states = figures.all("burstd_modem_state");
  return std::ranges::any_of(states, [&](const Sample& sample) {
    const auto state = sample.labels.find("state");
    return sample.value > 0 && modem_of(sample) == modem && state != sample.labels.end() && state->second == "paused";
  });
}

// A modem that a person has paused is no trouble as long as another one sends.
void judge_modems(Judge& judge, const Figures& figures) {
  const auto& modems = figures.all("burstd_modem_ready");
  std::string away;
  for (const Sample& sample : modems) {
    if (sample.value > 0 || is_paused(figures, modem_of(sample))) continue;
    away += (away.empty() ? "" : ", ") + modem_of(sample);
  }
  const double ready = figures.sum("burstd_modem_ready");
  if (modems.empty()) {
    judge.find(Health::critical, "no modem is configured or found");
  } else if (ready < 1) {
    judge.find(Health::critical, "no modem is ready");
  } else if (!away.empty()) {
    judge.find(Health::warning, "not ready: " + away);
  }
  for (const Sample& sample : figures.all("burstd_modem_reports_missing")) {
    if (sample.value > 0) judge.find(Health::warning, "no delivery reports come by modem " + modem_of(sample));
  }
  judge.perform("modems_ready", ready, "");
  judge.perform("modems", static_cast<double>(modems.size()), "");
}

void judge_queue(Judge& judge, const Figures& figures, const Thresholds& thresholds) {
  double waiting = 0;
  for (const char* state : {"queued", "retrying"})
    waiting += figures.value("burstd_messages", "state", state).value_or(0);
  const double due = figures.value("burstd_oldest_due_age_seconds").value_or(0);
  judge.find(at_least(waiting, thresholds.queue),
             base::counted(std::llround(waiting), "message waits", "messages wait"));
  judge.find(at_least(due / a_minute, thresholds.due),
             fmt::format("a message that could go has waited for {}", span_in_words(due)));
  judge.perform("due", due, "s", {thresholds.due.warning * a_minute, thresholds.due.critical * a_minute});
  judge.perform("queue", waiting, "", thresholds.queue);
  judge.diagnosis.summary = fmt::format("{} of {} modems ready, {}", figures.sum("burstd_modem_ready"),
                                        figures.all("burstd_modem_ready").size(),
                                        base::counted(std::llround(waiting), "message waits", "messages wait"));
}

void judge_replies(Judge& judge, const Figures& figures, const Thresholds& thresholds) {
  const double age = figures.value("burstd_oldest_unacknowledged_age_seconds").value_or(0);
  const Threshold& limit = thresholds.replies;
  judge.find(at_least(age / an_hour, limit), "a reply has waited to be read for " + span_in_words(age));
  judge.perform("reply", age, "s", {limit.warning * an_hour, limit.critical * an_hour});
}

void judge_disk(Judge& judge, const Figures& figures, const Thresholds& thresholds) {
  const double size = figures.value("burstd_record_disk_size_bytes").value_or(0);
  if (size <= 0) return;
  const double free = figures.value("burstd_record_disk_free_bytes").value_or(0) / size * hundred;
  judge.find(at_most(free, thresholds.disk), fmt::format("{:.1f} % of the record's disk are free", free));
  // "10:" is alarm below ten.
  const auto below = [](double at) { return at > 0 ? fmt::format("{}:", at) : std::string(); };
  judge.diagnosis.performance.push_back(fmt::format("disk_free={:.1f}%;{};{};0;100", free,
                                                    below(thresholds.disk.warning), below(thresholds.disk.critical)));
}

bool holds(const Figures& figures, const char* by) {
  return figures.value("burstd_held_back", "by", by).value_or(0) > 0;
}

void judge_holds(Judge& judge, const Figures& figures) {
  if (holds(figures, "restored"))
    judge.find(Health::critical, "nothing is sent: the record was restored and nobody has released it");
  if (holds(figures, "disk")) judge.find(Health::critical, "nothing is sent: the record's disk is full");
  if (holds(figures, "quota")) judge.find(Health::warning, "nothing is sent: the limits of the SIM cards are used up");
  if (holds(figures, "clock")) judge.find(Health::critical, "nothing is sent: the machine's clock cannot be right");
  if (figures.value("burstd_record_damaged").value_or(0) > 0)
    judge.find(Health::critical, "something is wrong with the record: burstctl status");
  if (!holds(figures, "disk") && figures.value("burstd_refusing_for_disk").value_or(0) > 0)
    judge.find(Health::critical, "new messages are refused: the record's disk is nearly full");
}

}  // namespace

Diagnosis diagnose(const Figures& figures, const Thresholds& thresholds) {
  Judge judge;
  if (!figures.value("burstd_build_info")) {
    judge.find(Health::unknown, "what answers does not give the figures of burstd");
    return judge.diagnosis;
  }
  judge_holds(judge, figures);
  judge_queue(judge, figures, thresholds);
  judge_modems(judge, figures);
  judge_replies(judge, figures, thresholds);
  judge_disk(judge, figures, thresholds);
  if (figures.value("burstd_clock_suspect").value_or(0) > 0) {
    judge.find(Health::warning, "the machine's clock is not believed");
  }
  std::ranges::stable_sort(judge.diagnosis.findings, std::ranges::greater{}, &Finding::health);
  return judge.diagnosis;
}

}  // namespace burstd::ctl
