#include "ctl/words/modem_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/counted.hpp"
#include "ctl/care/holder.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/when.hpp"

namespace burstd::ctl {

namespace {

struct StateWord {
  std::string_view state, word;
  Style style;
};

constexpr std::array state_words{
    StateWord{"absent", "missing", Style::red},
    StateWord{"busy", "port taken", Style::red},
    StateWord{"opening", "opening", Style::yellow},
    StateWord{"setting-up", "setting up", Style::yellow},
    StateWord{"waiting", "waiting", Style::yellow},
    StateWord{"ready", "ready", Style::green},
    StateWord{"paused", "paused", Style::yellow},
    StateWord{"failed", "failed", Style::red},
    StateWord{"resetting", "starting anew", Style::yellow},
    StateWord{"quarantined", "set aside", Style::red},
    StateWord{"stopped", "stopped", Style::red},
};

struct Way {
  std::string_view way, word, sentence;
};

constexpr std::array ways{
    Way{"direct", "direct", "handed over as they come; one that comes while nobody listens is lost"},
    Way{"acknowledged", "confirmed", "handed over as they come, and repeated by the network until confirmed"},
    Way{"stored", "stored", "kept by the modem until they are read"},
};

struct Rung {
  std::string_view member, one, many;
};

constexpr std::array rungs{
    Rung{"probes", "time asked again after silence", "times asked again after silence"},
    Rung{"reopens", "time opened anew", "times opened anew"},
    Rung{"resets", "reset", "resets"},
    Rung{"usb_resets", "time its USB socket switched off and on", "times its USB socket switched off and on"},
    Rung{"quarantines", "time set aside", "times set aside"},
};

const Way* way_of(const json::object& modem) {
  const std::string told = text(modem, "report_way");
  const auto* const found = std::ranges::find(ways, told, &Way::way);
  return found == ways.end() ? nullptr : found;
}

void append(std::string& sentences, const std::string& sentence) {
  if (sentence.empty()) return;
  sentences += (sentences.empty() ? "" : " ") + sentence;
}

std::string next_try_in_words(const json::object& modem, base::Time now) {
  const auto next = base::from_rfc3339(text(modem, "next_try_at"));
  if (!next) return {};
  if (*next <= now) return "It is tried again now.";
  return fmt::format("It is tried again {} (in {}).", for_people(*next, now), span(*next - now));
}

// Of one that is gone, or that nobody talks to, what it last said of the network is no longer so.
bool is_in_touch(const json::object& modem) {
  constexpr std::array states{"ready", "waiting", "setting-up"};
  const std::string state = text(modem, "state");
  return state.empty() || std::ranges::find(states, state) != states.end();
}

}  // namespace

Cell state_cell(const json::object& modem) {
  const std::string state = text(modem, "state");
  // Ready itself, but not tried before then: its SIM rests.
  if (state == "ready" && !text(modem, "next_try_at").empty()) return Cell("resting", Style::yellow);
  const auto* const found = std::ranges::find(state_words, state, &StateWord::state);
  return found == state_words.end() ? Cell(state, Style::yellow) : Cell(std::string(found->word), found->style);
}

std::string operator_in_words(const json::object& modem) {
  return is_in_touch(modem) ? text(modem, "operator") : std::string();
}

std::string signal_in_words(const json::object& modem) {
  if (!is_in_touch(modem)) return {};
  const auto signal = number(modem, "signal");
  if (!signal) return text(modem, "signal");
  if (*signal < 0) return fmt::format("{} dBm", *signal);
  if (*signal > 31) return {};
  const char* word = *signal < 5    ? "very weak"
                     : *signal < 10 ? "weak"
                     : *signal < 15 ? "fair"
                     : *signal < 20 ? "good"
                                    : "strong";
  return fmt::format("{} ({})", word, *signal);
}

std::string registration_in_words(const json::object& modem) {
  if (!is_in_touch(modem)) return {};
  const auto stat = number(modem, "registration");
  if (!stat) return text(modem, "registration");
  constexpr std::array words{"not registered", "home", "searching", "denied", "unknown", "roaming"};
  if (*stat >= 0 && *stat < static_cast<std::int64_t>(words.size())) return words.at(static_cast<std::size_t>(*stat));
  return fmt::format("{}", *stat);
}

Cell reports_cell(const json::object& modem) {
  if (const Way* way = way_of(modem)) {
    if (truth(modem, "reports_proven")) return Cell(fmt::format("{}, proven", way->word), Style::green);
    return Cell(fmt::format("{}, not seen yet", way->word), Style::yellow);
  }
  const bool none = text(modem, "report_way") == "none" && text(modem, "state") == "ready";
  return none ? Cell("none", Style::red) : Cell();
}

std::string reports_in_words(const json::object& modem) {
  const Way* way = way_of(modem);
  if (way == nullptr) return reports_cell(modem).text;
  const bool proven = truth(modem, "reports_proven");
  return fmt::format("{} ({})", way->sentence, proven ? "proven: one has come this way" : "none has come yet");
}

std::string tail_of(const std::string& sim) {
  constexpr std::size_t shown = 4;
  return sim.size() <= shown ? sim : "…" + sim.substr(sim.size() - shown);
}

std::string sim_of(const json::object& modem) {
  const json::object& sim = object(modem, "sim");
  return sim.empty() ? text(modem, "sim") : text(sim, "id");
}

std::string usb_in_words(const json::object& modem) {
  const std::string usb = text(modem, "usb"), socket = text(modem, "socket");
  if (socket.empty()) return usb;
  return usb.empty() ? "socket " + socket : usb + " in socket " + socket;
}

std::string recoveries_in_words(const json::object& modem) {
  const json::object& recovery = object(modem, "recovery");
  std::string all;
  for (const Rung& rung : rungs) {
    const std::int64_t times = count(recovery, rung.member);
    if (times > 0) all += (all.empty() ? "" : ", ") + base::counted(times, rung.one, rung.many);
  }
  if (!all.empty()) return all;
  return recovery.empty() ? text(modem, "recoveries") : "none";
}

std::string tries_in_words(const json::object& modem) {
  const auto tries = number(modem, "pin_tries_left");
  if (!tries) return {};
  if (*tries <= 0) return "No PIN try is left: the SIM wants its PUK.";
  if (*tries == 1) return "1 PIN try is left: a wrong one locks the SIM.";
  return fmt::format("{} PIN tries are left.", *tries);
}

std::string trouble_in_words(const json::object& modem, base::Time now) {
  constexpr std::int64_t all_tries = 3;
  std::string said = with_local_times(text(modem, "sentence"), now);
  const bool about_pin = said.find("PIN") != std::string::npos;
  append(said, next_try_in_words(modem, now));
  if (about_pin || number(modem, "pin_tries_left").value_or(all_tries) < all_tries) append(said, tries_in_words(modem));
  return said;
}

std::vector<std::string> owed_in_words(const json::object& modem) {
  std::vector<std::string> all;
  for (const json::value& entry : list(modem, "owed")) {
    const json::object& owed = object(entry);
    const std::int64_t reports = count(owed, "reports"), replies = count(owed, "replies");
    std::string what;
    if (reports > 0) what = base::counted(reports, "delivery report", "delivery reports");
    if (reports > 0 && replies > 0) what += " and ";
    if (replies > 0) what += base::counted(replies, "reply", "replies");
    if (what.empty()) continue;
    all.push_back(fmt::format("Its former SIM {} is still owed {}; put it into a modem again for {} to arrive.",
                              tail_of(text(owed, "sim")), what, reports + replies == 1 ? "it" : "them"));
  }
  return all;
}

std::string credit_in_words(const json::object& modem, base::Time now) {
  const json::object& credit = object(modem, "credit");
  if (credit.empty()) return {};
  const std::string at = for_people(text(credit, "at"), now), answer = text(credit, "answer");
  const json::value* amount = credit.if_contains("amount");
  if (amount != nullptr && amount->is_number()) return fmt::format("{:.2f} ({})", amount->to_number<double>(), at);
  return fmt::format("not readable in the operator's words \"{}\" ({})", answer, at);
}

std::vector<std::string> notes_in_words(const json::object& modem, base::Time now) {
  std::vector<std::string> all;
  const std::string report_note = text(modem, "report_note"), credit = credit_in_words(modem, now);
  if (!report_note.empty() && !truth(modem, "reports_proven")) all.push_back(report_note);
  for (std::string& owed : owed_in_words(modem)) all.push_back(std::move(owed));
  if (!credit.empty()) all.push_back("Credit: " + credit);
  return all;
}

std::string holder_in_words(const json::object& modem) {
  const std::string port = text(modem, "port");
  if (text(modem, "state") != "busy" || port.empty()) return {};
  return in_words(holders_of(port));
}

}  // namespace burstd::ctl
