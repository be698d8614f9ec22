#include "ctl/probe/probe_draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace burstd::ctl {

namespace {

constexpr const char* seen_mark = "  # seen on this modem";
constexpr std::size_t longest_draft_name = 64;
constexpr int usual_timeout_s = 10;
constexpr int most_timeout_s = 120;

// What a modem said, up to the first octet that not every editor shows.
std::string legible(const std::string& text) {
  const auto odd = [](unsigned char letter) { return letter < 0x20 || letter >= 0x7F; };
  return {text.begin(), std::ranges::find_if(text, odd)};
}

// In YAML's double quotes.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char letter : legible(text)) {
    if (letter == '"' || letter == '\\') out += '\\';
    out += letter;
  }
  return out + "\"";
}

std::string quoted_list(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + quoted(word);
  return "[" + out + "]";
}

bool any_has(const std::vector<modem::Driver>& drivers, std::vector<std::string> modem::Driver::*lines,
             const std::string& beginning) {
  return std::ranges::any_of(drivers, [&](const modem::Driver& driver) {
    return std::ranges::find(driver.*lines, beginning) != (driver.*lines).end();
  });
}

// What the standards say; ignoring it would hide what the gateway must hear.
bool is_of_standard(const std::string& beginning) {
  static constexpr std::array known{"+CMT",   "+CDS", "+CBM", "+CMGS", "+CUSD", "+CREG", "+CEREG",
                                    "+CGREG", "+CMS", "+CME", "+CPIN", "OK",    "ERROR"};
  return std::ranges::any_of(known, [&](const char* each) { return beginning.starts_with(each); });
}

std::string identity_part(const Findings& found) {
  const modem::Identity& identity = found.identity;
  std::string out = "\n# How it is recognised: parts of the answer to AT+CGMI, beginnings of the answer to AT+CGMM.\n";
  out += legible(identity.manufacturer).empty()
             ? "#  manufacturers: []  # it did not tell its maker\n"
             : fmt::format("manufacturers: [{}]{}\n", quoted(identity.manufacturer), seen_mark);
  out += legible(identity.model).empty() ? "#  models: []  # it did not tell its model\n"
                                         : fmt::format("models: [{}]{}\n", quoted(identity.model), seen_mark);
  return out;
}

// A driver that fits already knows more than can be asked.
std::string header(const Findings& found, const std::string& name) {
  std::string out = fmt::format(
      "# A draft, made by `burstctl driver probe`. What it leaves out is as in generic.yaml, which explains every "
      "key.\n"
      "# It belongs into /etc/burstd/drivers/{}.yaml. Lines that begin with \"#  \" were not found out.\n",
      name);
  const std::string& driver = found.recognition.driver.name;
  if (driver == "generic") return out;
  return out +
         fmt::format(
             "#\n# The driver {} serves this modem already. Use this file only where that one is wrong: it takes "
             "its place for\n# this model, and what {} says in the lines that begin with \"#  \" is lost unless you "
             "make use of it here.\n",
             driver, driver);
}

std::string usb_part(const Findings& found) {
  if (!found.place.usb) return "\n#  usb: [{id: \"12d1:1001\", ports: [\"02\"]}]  # it was on no USB bus\n";
  const serial::Usb& usb = *found.place.usb;
  return fmt::format("\nusb:\n  - {{id: {}, ports: [{}]}}{}: this port, of class {}\n", quoted(usb.id),
                     quoted(usb.interface), seen_mark, usb.function);
}

// Of the driver that fits now, as a proposal.
std::string commands_part(const modem::Driver& driver) {
  const auto line = [&](const char* key, const std::vector<std::string>& commands) {
    const std::string origin =
        commands.empty() ? "not known" : fmt::format("of the driver {}, not tried here", driver.name);
    return fmt::format("#  {}: {}  # {}\n", key, quoted_list(commands), origin);
  };
  return "\n" + line("first", driver.first) + line("setup", driver.setup) + line("usb_setup", driver.usb_setup);
}

std::string lines_part(const Findings& found, const std::vector<modem::Driver>& drivers) {
  std::vector<std::string> boot, full, ignored;
  for (const HeardLine& line : found.overheard.lines) {
    if (is_of_standard(line.beginning) || legible(line.beginning).empty()) continue;
    if (any_has(drivers, &modem::Driver::boot, line.beginning)) {
      boot.push_back(line.beginning);
    } else if (any_has(drivers, &modem::Driver::memory_full, line.beginning)) {
      full.push_back(line.beginning);
    } else {
      ignored.push_back(line.beginning);
    }
  }
  const auto covered = [&](const std::string& line) {
    const auto covers = [&](const std::string& other) { return other.starts_with(line); };
    return std::ranges::any_of(boot, covers) || std::ranges::any_of(full, covers);
  };
  std::erase_if(ignored, covered);
  const auto line = [](const char* key, const std::vector<std::string>& words) {
    return words.empty() ? fmt::format("#  {}: []  # none was heard\n", key)
                         : fmt::format("{}: {}{}\n", key, quoted_list(words), seen_mark);
  };
  return "\n# Lines that it says unasked. Look whether one of the ignored tells something after all.\n" +
         line("ignore", ignored) + line("boot", boot) + line("memory_full", full);
}

std::string reports_part(const Messaging& messaging) {
  std::vector<std::string> good, doubtful;
  for (const RouteTry& tried : messaging.routes) {
    if (tried.exact) good.push_back(tried.route);
    if (tried.accepted && !tried.exact) doubtful.push_back(tried.route);
  }
  const auto is_stored = [](const std::string& route) { return at::report_kind(route) == 2; };
  const bool stored = std::ranges::any_of(good, is_stored) || std::ranges::any_of(doubtful, is_stored);
  std::string out =
      "\n# Whether reports really come shows only when a message is sent. \"yes\" only when you have seen it.\n";
  const bool tried = !messaging.routes.empty();
  out +=
      tried ? fmt::format("stored_reports: {}{}\n", stored ? "probe" : "no", seen_mark) : "#  stored_reports: probe\n";
  const bool acknowledged = messaging.takes_service_1 && messaging.knows_acknowledgement &&
                            (messaging.acknowledgement == "OK" || messaging.acknowledgement.ends_with(" 340"));
  out += fmt::format("acknowledged_reports: {}{}\n", acknowledged ? "probe" : "no", seen_mark);
  good.insert(good.end(), doubtful.begin(), doubtful.end());
  if (good.empty()) return out + "#  report_routes: []  # none was accepted\n";
  out += fmt::format("report_routes:{}: accepted{}\n", seen_mark, doubtful.empty() ? "" : ", the last not read back");
  for (const std::string& route : good) out += fmt::format("  - {}\n", quoted(route));
  return out;
}

std::string times_part(const Findings& found) {
  std::string out = "\n#  prompt_timeout: 10 s  # not tried: no message was sent\n#  submit_timeout: 180 s\n";
  const Exchange* slowest = slowest_of(found);
  const std::string told =
      slowest == nullptr ? "" : fmt::format("; the slowest answer took {} ms", slowest->took.count());
  if (const auto seconds = fitting_timeout_s(found))
    return out + fmt::format("command_timeout: {} s{}{}\n", *seconds, seen_mark, told);
  return out + fmt::format("#  command_timeout: 10 s  # enough{}\n", told);
}

std::string rest_part(const Findings& found) {
  const modem::Driver& driver = found.recognition.driver;
  std::string out = fmt::format("\n#  reset: {}  # of the driver {}, not tried\n", driver.reset, driver.name);
  const auto& tries = found.sim.own_tries;
  const auto its =
      std::ranges::find_if(tries, [&](const auto& each) { return each.first.command == driver.pin_counter.command; });
  if (!tries.empty()) {
    const modem::PinCounter& counter = its != tries.end() ? its->first : tries.front().first;
    out += fmt::format("pin_counter: {{command: {}, prefix: {}, field: {}}}{}\n", quoted(counter.command),
                       quoted(counter.prefix), counter.field, seen_mark);
  } else {
    const bool standard = found.sim.standard_tries.has_value();
    out += fmt::format("#  pin_counter: {}\n", standard ? "none needed, AT+CPINR tells" : "not known");
  }
  return out +
         "#  codes: []  # error numbers that mean something else here than in the standard: not known\n"
         "#  prompts: yes  # not tried\n";
}

}  // namespace

std::string draft_name(const modem::Identity& identity) {
  std::string name;
  for (const char letter : identity.manufacturer + " " + identity.model) {
    const char small = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    const bool plain = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9') || small == '_';
    if (plain) name += small;
    if (!plain && !name.empty() && name.back() != '-') name += '-';
  }
  name = name.substr(0, longest_draft_name);
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "unknown-modem" : name;
}

const Exchange* slowest_of(const Findings& found) {
  const Exchange* slowest = nullptr;
  for (const Exchange& each : found.exchanges) {
    const bool answered = !each.result.starts_with("no ");
    if (answered && (slowest == nullptr || each.took > slowest->took)) slowest = &each;
  }
  return slowest;
}

std::optional<int> fitting_timeout_s(const Findings& found) {
  const Exchange* slowest = slowest_of(found);
  if (slowest == nullptr) return std::nullopt;
  const auto twice = std::chrono::ceil<std::chrono::seconds>(slowest->took * 2).count();
  if (twice <= usual_timeout_s) return std::nullopt;
  return std::min(static_cast<int>(twice), most_timeout_s);
}

std::string draft_of(const Findings& found, const std::vector<modem::Driver>& drivers, const std::string& name) {
  const modem::Identity& identity = found.identity;
  std::string out = header(found, name) + "name: " + name + "\n";
  const std::string words = identity.manufacturer + (identity.model.empty() ? "" : " ") + identity.model +
                            (identity.revision.empty() ? "" : ", revision ") + identity.revision;
  out += fmt::format("description: {}{}\n",
                     quoted(legible(words).empty() ? "A modem that does not tell its maker" : words),
                     words.empty() ? "" : seen_mark);
  return out + usb_part(found) + identity_part(found) + commands_part(found.recognition.driver) +
         lines_part(found, drivers) + reports_part(found.messaging) + times_part(found) + rest_part(found);
}

}  // namespace burstd::ctl
