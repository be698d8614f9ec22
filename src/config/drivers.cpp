#include "config/drivers.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "config/document.hpp"
#include "config/schema.hpp"
#include "config/words.hpp"

namespace burstd::config {

namespace {

using modem::Driver;
using std::chrono::milliseconds;
using std::chrono::seconds;

void check_timers(const Slot& slot, const Driver& driver) {
  if (driver.network_timer > driver.submit_timeout) {
    slot.complain_at({"network_timer", "submit_timeout"},
                     "network_timer is longer than submit_timeout: the answer is never waited for so long");
  }
}

// What the gateway lives on must not be taken for something else.
void check_needed(const Slot& slot, std::string_view key, const std::string& line) {
  static constexpr std::array needed{
      "OK", "ERROR", "+CMS ERROR", "+CME ERROR", "+CMGS:", "+CDS:", "+CDSI:", "+CMT:", "+CMTI:", "+CPIN:"};
  for (const std::string_view one : needed) {
    if (!one.starts_with(line)) continue;
    slot.complain_at({key}, "\"" + line + "\" also fits \"" + std::string(one) + "\", which must reach the gateway");
    return;
  }
}

// A line that is ignored is ignored whatever else it may mean.
void check_line(const Slot& slot, const Driver& driver, std::string_view key, const std::string& line) {
  const auto covers = [&](const std::string& prefix) { return line.starts_with(prefix); };
  const auto found = std::ranges::find_if(driver.ignore, covers);
  if (found == driver.ignore.end()) return;
  slot.complain_at({key}, "\"" + line + "\" would never be seen, because \"" + *found + "\" is ignored");
}

void check_forms(const Slot& slot, const Driver& driver) {
  std::set<std::string> known;
  for (const auto& usb : driver.usb) known.insert(usb.id);
  for (const auto& form : driver.other_forms) {
    for (const std::string& id : form.ids) {
      if (!known.insert(id).second)
        slot.complain_at({"other_forms"}, "\"" + id + "\" cannot be two things: it stands twice");
    }
  }
}

void check_driver(const Slot& slot, const Driver& driver) {
  check_timers(slot, driver);
  for (const auto& line : driver.ignore) check_needed(slot, "ignore", line);
  for (const auto& line : driver.boot) check_needed(slot, "boot", line);
  for (const auto& line : driver.memory_full) check_needed(slot, "memory_full", line);
  if (std::ranges::find(driver.setup, driver.reset) != driver.setup.end())
    slot.complain_at({"setup", "reset"},
                     "setup: \"" + driver.reset + "\" is the reset command: the modem would start anew without end");
  for (const auto& line : driver.boot) check_line(slot, driver, "boot", line);
  for (const auto& line : driver.memory_full) check_line(slot, driver, "memory_full", line);
  check_forms(slot, driver);
}

const auto trust =
    choice<modem::Trust>({{"no", modem::Trust::no}, {"probe", modem::Trust::probe}, {"yes", modem::Trust::yes}});

// There is nothing that a "yes" would do more than ask.
const auto asking = choice<modem::Trust>({{"no", modem::Trust::no}, {"probe", modem::Trust::probe}});

const auto blame = choice<base::Blame>({{"recipient", base::Blame::recipient},
                                        {"sim", base::Blame::sim},
                                        {"transient", base::Blame::transient},
                                        {"unknown", base::Blame::unknown},
                                        {"ours", base::Blame::ours}});

const auto patience = choice<base::Patience>({{"usual", base::Patience::usual},
                                              {"quick", base::Patience::quick},
                                              {"slow", base::Patience::slow},
                                              {"congested", base::Patience::congested},
                                              {"very-slow", base::Patience::very_slow},
                                              {"phone-away", base::Patience::phone_away},
                                              {"centre-fault", base::Patience::centre_fault},
                                              {"sim-busy", base::Patience::sim_busy},
                                              {"half-minute", base::Patience::half_minute},
                                              {"elsewhere", base::Patience::elsewhere},
                                              {"another-sim", base::Patience::another_sim},
                                              {"once", base::Patience::once},
                                              {"twice", base::Patience::twice}});

Section<modem::UsbPorts> usb() {
  using U = modem::UsbPorts;
  return {required<U>("id", &U::id, usb_id), list<U>("ports", &U::ports, usb_port)};
}

Section<modem::OtherForm> other_form() {
  using O = modem::OtherForm;
  const auto some = [](const Slot& slot, const O& form) {
    if (form.ids.empty()) slot.complain("\"ids\" is missing");
  };
  return {{list<O>("ids", &O::ids, usb_product), required<O>("sentence", &O::sentence, any_text)}, some};
}

Section<modem::PinCounter> pin_counter() {
  using P = modem::PinCounter;
  return {
      required<P>("command", &P::command, at_command),
      required<P>("prefix", &P::prefix, any_text),
      value<P>("field", &P::field, number(0, 15)),
  };
}

Section<modem::Code> code() {
  using C = modem::Code;
  const auto kind = choice<C::Kind>({{"cms", C::Kind::cms}, {"cme", C::Kind::cme}});
  const auto tried_again = [](const Slot& slot, const C& code) {
    const bool again = code.blame == base::Blame::transient || code.blame == base::Blame::sim;
    if (code.patience && !again)
      slot.complain_at({"retry"}, "\"retry\" is of no use: with this blame it is not tried again");
  };
  return {{
              required<C>("kind", &C::kind, kind),
              required<C>("code", &C::code, number(0, 99'999)),
              required<C>("blame", &C::blame, blame),
              required<C>("sentence", &C::sentence, any_text),
              value<C>("retry", &C::patience, patience),
          },
          tried_again};
}

std::string name_of(const modem::Code& code) {
  return (code.kind == modem::Code::Kind::cms ? "cms " : "cme ") + std::to_string(code.code);
}

const Section<Driver>& driver_section() {
  using D = Driver;
  const auto id = [](const modem::UsbPorts& ports) { return ports.id; };
  const auto sentence = [](const modem::OtherForm& form) { return form.sentence; };
  static const Section<D> table{{
                                    required<D>("name", &D::name, plain_name),
                                    value<D>("description", &D::description, any_text),
                                    sections<D>("usb", &D::usb, usb(), id),
                                    sections<D>("other_forms", &D::other_forms, other_form(), sentence),
                                    list<D>("manufacturers", &D::manufacturers, any_text),
                                    list<D>("models", &D::models, any_text),
                                    list<D>("first", &D::first, at_command),
                                    list<D>("setup", &D::setup, at_command),
                                    list<D>("usb_setup", &D::usb_setup, at_command),
                                    list<D>("ignore", &D::ignore, any_text),
                                    list<D>("boot", &D::boot, any_text),
                                    list<D>("memory_full", &D::memory_full, any_text),
                                    value<D>("stored_reports", &D::stored_reports, trust),
                                    value<D>("acknowledged_reports", &D::acknowledged_reports, trust),
                                    list<D>("report_routes", &D::report_routes, report_route),
                                    value<D>("more_messages", &D::more_messages, asking),
                                    value<D>("prompt_timeout", &D::prompt_timeout, span(seconds{1}, seconds{120})),
                                    value<D>("submit_timeout", &D::submit_timeout, span(seconds{10}, seconds{600})),
                                    value<D>("network_timer", &D::network_timer, span(seconds{1}, seconds{600})),
                                    value<D>("command_timeout", &D::command_timeout, span(seconds{1}, seconds{120})),
                                    value<D>("reset", &D::reset, at_command),
                                    value<D>("reset_time", &D::reset_time, span(seconds{1}, seconds{600})),
                                    optional_section<D>("pin_counter", &D::pin_counter, pin_counter()),
                                    sections<D>("codes", &D::codes, code(), name_of),
                                    value<D>("slice", &D::slice, number(0, 200)),
                                    value<D>("slice_pause", &D::slice_pause, span(milliseconds{0}, milliseconds{1000})),
                                    value<D>("prompts", &D::prompts, yes_or_no),
                                },
                                check_driver};
  return table;
}

}  // namespace

Driver load_driver(const std::filesystem::path& file, std::vector<Complaint>& complaints) {
  Driver driver;
  const auto document = read_document(file, complaints);
  if (!document) return driver;
  Notes notes(file.string(), complaints);
  const Slot whole("", *document, notes);
  driver_section().read(whole, driver);
  if (driver.name != file.stem().string()) {
    whole.complain("the driver is named \"" + driver.name + "\" and the file \"" + file.filename().string() +
                   "\"; both must be the same, since a file of the same name replaces a driver");
  }
  return driver;
}

std::vector<Driver> load_drivers(const std::filesystem::path& folder, std::vector<Complaint>& complaints) {
  std::vector<Driver> out;
  std::error_code failure;
  std::filesystem::directory_iterator files(folder, failure);
  for (const auto end = std::filesystem::directory_iterator(); !failure && files != end; files.increment(failure)) {
    if (files->path().extension() == ".yaml") out.push_back(load_driver(files->path(), complaints));
  }
  if (failure)
    Notes(folder.string(), complaints).add(YAML::Mark::null_mark(), "the folder cannot be read: " + failure.message());
  std::ranges::sort(out, {}, &Driver::name);
  return out;
}

std::vector<Driver> merged(std::vector<Driver> installed, std::vector<Driver> local) {
  std::erase_if(installed, [&](const Driver& driver) {
    return std::ranges::find(local, driver.name, &Driver::name) != local.end();
  });
  std::ranges::move(local, std::back_inserter(installed));
  std::ranges::sort(installed, {}, &Driver::name);
  return installed;
}

std::vector<std::string> known_driver_keys() { return driver_section().keys(); }

}  // namespace burstd::config
