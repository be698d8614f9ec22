#include "ctl/probe/driver_words.hpp"

#include <fmt/format.h>

#include <vector>

#include "config/words.hpp"

namespace burstd::ctl {

namespace {

using modem::Driver;

std::string listed(const std::vector<std::string>& words, const std::string& between = ", ") {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
  return out.empty() ? "none" : out;
}

std::string trusted(modem::Trust trust) {
  switch (trust) {
    case modem::Trust::no:
      return "never used";
    case modem::Trust::probe:
      return "used when nothing better is left (not confirmed)";
    case modem::Trust::yes:
      return "used (confirmed)";
  }
  return "";
}

std::string products(const Driver& driver) {
  std::vector<std::string> out;
  for (const auto& usb : driver.usb) {
    const std::string ports = usb.ports.empty() ? "each port is asked" : "ports " + listed(usb.ports, " ");
    out.push_back(usb.id + (usb.id.size() == 4 ? " (every product; " : " (") + ports + ")");
  }
  return listed(out);
}

std::string other_forms(const Driver& driver) {
  std::string out;
  for (const auto& form : driver.other_forms) {
    out += fmt::format("No modem as {}: {}\n", listed(form.ids), form.sentence);
  }
  return out;
}

std::string answers(const Driver& driver) {
  if (driver.manufacturers.empty()) return "nothing; taken when no other driver fits";
  const std::string models = driver.models.empty() ? "any model" : "models that begin with " + listed(driver.models);
  return fmt::format("a maker that holds {}; {}", listed(driver.manufacturers), models);
}

std::string codes(const Driver& driver) {
  std::vector<std::string> out;
  for (const auto& code : driver.codes) {
    out.push_back(fmt::format("{} {}", code.kind == modem::Code::Kind::cms ? "+CMS" : "+CME", code.code));
  }
  return listed(out);
}

std::string pin_counter(const modem::PinCounter& counter) {
  if (counter.command.empty()) return "AT+CPINR, if it knows that";
  return fmt::format("{}, value {} behind {}", counter.command, counter.field + 1, counter.prefix);
}

std::string writing(const Driver& driver) {
  const std::string pieces = driver.slice == 0 ? "at once"
                                               : fmt::format("in pieces of {} octets, {} apart", driver.slice,
                                                             config::to_words(driver.slice_pause));
  return pieces + (driver.prompts ? "" : ", without waiting for a prompt");
}

}  // namespace

std::string in_words(const Driver& driver) {
  using config::to_words;
  std::string out = fmt::format("Driver {}: {}\n", driver.name, driver.description.empty() ? "-" : driver.description);
  out += fmt::format("By USB: {}\n{}", products(driver), other_forms(driver));
  out += fmt::format("By its answers: {}\n", answers(driver));
  out += fmt::format("Sent first: {}\nSet-up: {}\n", listed(driver.first), listed(driver.setup));
  out += fmt::format("Lines: {} are ignored; new start: {}; memory full: {}\n", driver.ignore.size(),
                     listed(driver.boot), listed(driver.memory_full));
  out += fmt::format("Stored reports: {}\nAcknowledged reports: {}\n", trusted(driver.stored_reports),
                     trusted(driver.acknowledged_reports));
  out += fmt::format("Report routes: {}\n", listed(driver.report_routes, " "));
  out += fmt::format("Link kept between messages (AT+CMMS): {}\n", trusted(driver.more_messages));
  out +=
      fmt::format("Waits: {} for the prompt, {} for the network's verdict, {} for other commands; network timer {}\n",
                  to_words(driver.prompt_timeout), to_words(driver.submit_timeout), to_words(driver.command_timeout),
                  to_words(driver.network_timer));
  out += fmt::format("A message is written: {}\n", writing(driver));
  out += fmt::format("Restart: {}, away for up to {}\n", driver.reset, to_words(driver.reset_time));
  out += fmt::format("Tries of the PIN left: {}\n", pin_counter(driver.pin_counter));
  out += fmt::format("Error numbers of its own: {}\n", codes(driver));
  return out;
}

}  // namespace burstd::ctl
