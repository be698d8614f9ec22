#include "sim/habits.hpp"

#include <algorithm>
#include <array>

#include "sim/modem.hpp"

namespace burstd::sim {

namespace {

constexpr std::array<std::string_view, 5> of_the_card{"+CPIN", "+CPINR", "+CIMI", "+CCID", "+ICCID"};
constexpr std::array<std::string_view, 8> of_messages{"+CPMS", "+CMGS", "+CMGR", "+CMGL",
                                                      "+CMGD", "+CNMI", "+CSCA", "+CMMS"};

struct Blank {
  std::string_view name;
  std::string (*value)(const Modem& modem);
};

constexpr Blank blanks[] = {
    {"{imei}", [](const Modem& m) { return m.identity().imei; }},
    {"{imsi}", [](const Modem& m) { return m.identity().imsi; }},
    {"{iccid}", [](const Modem& m) { return m.identity().iccid; }},
    {"{cpin}", [](const Modem& m) { return std::string(lock_name(m.sim.lock)); }},
    {"{pin_tries}", [](const Modem& m) { return std::to_string(m.card().tries); }},
    {"{puk_tries}", [](const Modem& m) { return std::to_string(m.card().puk_tries); }},
};

template <class List>
bool names(const List& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

std::optional<Outcome> while_waking(const Modem& modem, std::string_view name) {
  if (!modem.waking()) return std::nullopt;
  const auto& waking = modem.stage().profile.waking;
  if (names(waking.wrong, name)) return wrong();
  if (names(of_the_card, name)) return cme(waking.cme);
  if (names(of_messages, name)) return cms(waking.cms);
  return std::nullopt;
}

// Line by line; the OK at the end is left to whoever closes the command line.
Outcome recite(Modem& modem, std::string_view answer) {
  while (true) {
    const auto end = answer.find('\n');
    const auto line = answer.substr(0, end);
    if (end == std::string_view::npos && line == "OK") return done();
    modem.terminal().info(filled(modem, line));
    if (end == std::string_view::npos) return told();
    answer.remove_prefix(end + 1);
  }
}

}  // namespace

std::string filled(const Modem& modem, std::string_view text) {
  std::string result(text);
  for (const Blank& blank : blanks) {
    for (auto place = result.find(blank.name); place != std::string::npos; place = result.find(blank.name)) {
      result.replace(place, blank.name.size(), blank.value(modem));
    }
  }
  return result;
}

bool is_reset(const Modem& modem, std::string_view text) {
  const std::string whole = "AT" + upper_case(text);
  return whole == "AT+CFUN=1,1" || names(modem.stage().profile.resets, whole);
}

std::optional<Outcome> by_profile(Modem& modem, std::string_view text) {
  const Profile& profile = modem.stage().profile;
  const std::string whole = "AT" + upper_case(text);
  const std::string name = whole.substr(2, whole.find_first_of("=?") - 2);
  if (const auto waking = while_waking(modem, name)) return waking;
  if (names(profile.chatter.silenced_by, whole)) modem.silence();
  if (names(profile.resets, whole)) {
    modem.reboot();
    return done();
  }
  if (whole == profile.pin_counter.command) {
    modem.terminal().info(filled(modem, profile.pin_counter.answer));
    return done();
  }
  const auto answer = profile.answers.find(whole);
  const bool hidden = answer != profile.answers.end() && answer->second.find("{iccid}") != std::string::npos;
  if (hidden && modem.hides_card()) return cme(modem.sim.lock == Sim::Lock::pin ? 11 : 12);
  if (answer != profile.answers.end()) return recite(modem, answer->second);
  if (names(profile.refused, name)) return unknown();
  return std::nullopt;
}

}  // namespace burstd::sim
