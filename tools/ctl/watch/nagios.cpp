#include "ctl/watch/nagios.hpp"

#include <fmt/format.h>

#include <array>
#include <ostream>
#include <utility>

#include "ctl/wire/problem.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::array words_of_health{"OK", "WARNING", "CRITICAL", "UNKNOWN"};

// A bar would begin the performance data.
std::string one_line(std::string text) {
  for (char& letter : text) {
    if (letter == '\n' || letter == '|') letter = ' ';
  }
  return printable(text);
}

Exit tell(const Session& session, const Diagnosis& diagnosis) {
  std::string line = fmt::format("BURSTD {}", words_of_health.at(static_cast<std::size_t>(diagnosis.health)));
  const char* before = " - ";
  for (const Finding& finding : diagnosis.findings) line += std::exchange(before, "; ") + one_line(finding.sentence);
  if (!diagnosis.summary.empty()) line += std::exchange(before, "; ") + diagnosis.summary;
  if (!diagnosis.performance.empty()) line += fmt::format(" | {}", fmt::join(diagnosis.performance, " "));
  session.term.out << line << '\n';
  return static_cast<Exit>(diagnosis.health);
}

Diagnosis only(Health health, std::string sentence) { return {health, {{health, std::move(sentence)}}, {}, {}}; }

}  // namespace

Exit check_health(const Session& session, const NagiosWish& wish) {
  const auto answer = fetch_figures(session);
  if (!answer) {
    const Health health = answer.error().code == "no-permission" ? Health::unknown : Health::critical;
    return tell(session, only(health, answer.error().sentence));
  }
  if (!answer->good()) return tell(session, only(Health::unknown, explain(*answer, {})));
  return tell(session, diagnose(Figures(answer->body), wish.thresholds));
}

}  // namespace burstd::ctl
