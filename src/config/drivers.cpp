#include "config/drivers.hpp"

#include <algorithm>

#include "config/document.hpp"
#include "config/schema.hpp"
#include "config/words.hpp"

namespace burstd::config {

namespace {

using modem::Driver;
using std::chrono::seconds;

void check_timers(const Slot& slot, const Driver& driver) {
  if (driver.network_timer > driver.submit_timeout) {
    slot.complain("network_timer is longer than submit_timeout: the answer is never waited for so long");
  }
}

const Section<Driver>& driver_section() {
  static const Section<Driver> table{
      {
          required<Driver>("name", &Driver::name, plain_name),
          value<Driver>("description", &Driver::description, any_text),
          list<Driver>("manufacturers", &Driver::manufacturers, any_text),
          list<Driver>("models", &Driver::models, any_text),
          list<Driver>("setup", &Driver::setup, at_command),
          list<Driver>("ignore", &Driver::ignore, any_text),
          list<Driver>("report_routes", &Driver::report_routes, report_route),
          value<Driver>("prompt_timeout", &Driver::prompt_timeout, span(seconds{1}, seconds{120})),
          value<Driver>("submit_timeout", &Driver::submit_timeout, span(seconds{10}, seconds{600})),
          value<Driver>("network_timer", &Driver::network_timer, span(seconds{1}, seconds{600})),
          value<Driver>("command_timeout", &Driver::command_timeout, span(seconds{1}, seconds{120})),
          value<Driver>("reset", &Driver::reset, at_command),
      },
      check_timers};
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
