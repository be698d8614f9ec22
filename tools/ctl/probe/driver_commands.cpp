#include "ctl/probe/driver_commands.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <ostream>

#include "config/drivers.hpp"
#include "ctl/probe/driver_words.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

namespace json = boost::json;
using config::Complaint;
using modem::Driver;

// A driver in use, and where it comes from.
struct Origin {
  Driver driver;
  bool is_own = false;       // from the override folder
  bool takes_place = false;  // of an installed one
};

std::vector<Origin> origins(const config::DriverFolders& folders, std::vector<Complaint>& complaints) {
  const auto installed = config::load_drivers(folders.installed, complaints);
  std::vector<Driver> own;
  std::error_code ignored;
  if (std::filesystem::exists(folders.local, ignored)) own = config::load_drivers(folders.local, complaints);
  const auto is_in = [](const std::vector<Driver>& drivers, const std::string& name) {
    return std::ranges::find(drivers, name, &Driver::name) != drivers.end();
  };
  std::vector<Origin> out;
  for (Driver& driver : config::merged(installed, own)) {
    const bool is_own = is_in(own, driver.name), takes_place = is_own && is_in(installed, driver.name);
    out.push_back({std::move(driver), is_own, takes_place});
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

std::string source(const Origin& origin) {
  if (!origin.is_own) return "installed";
  return origin.takes_place ? "override, in place of the installed one" : "override";
}

json::array words_of(const std::vector<std::string>& words) { return json::array(words.begin(), words.end()); }

json::array to_json(const std::vector<Complaint>& complaints) {
  json::array out;
  for (const Complaint& one : complaints) {
    json::object entry;
    entry["file"] = one.file;
    entry["line"] = one.line;
    entry["column"] = one.column;
    entry["sentence"] = one.sentence;
    out.push_back(std::move(entry));
  }
  return out;
}

json::object to_json(const Origin& origin) {
  json::array products, other_forms;
  for (const auto& usb : origin.driver.usb) products.emplace_back(usb.id);
  for (const auto& form : origin.driver.other_forms)
    other_forms.insert(other_forms.end(), form.ids.begin(), form.ids.end());
  json::object out;
  out["name"] = origin.driver.name;
  out["description"] = origin.driver.description;
  out["source"] = origin.is_own ? "override" : "installed";
  out["in_place_of_installed"] = origin.takes_place;
  out["usb"] = std::move(products);
  out["other_forms"] = std::move(other_forms);
  out["manufacturers"] = words_of(origin.driver.manufacturers);
  out["models"] = words_of(origin.driver.models);
  return out;
}

void tell(const std::vector<Complaint>& complaints, std::ostream& out) {
  for (const Complaint& complaint : complaints) out << printable(config::to_string(complaint)) << '\n';
}

void print_table(const Session& session, const std::vector<Origin>& all) {
  Table table({{"DRIVER"},
               {"FROM", Side::left, 1, 10},
               {"USB", Side::right},
               {"MAKERS", Side::left, 2},
               {"DESCRIPTION", Side::left, 3}});
  for (const Origin& origin : all) {
    table.add({Cell(printable(origin.driver.name)), Cell(source(origin), origin.is_own ? Style::yellow : Style::plain),
               Cell(std::to_string(origin.driver.usb.size())), Cell(printable(joined(origin.driver.manufacturers))),
               Cell(printable(origin.driver.description))});
  }
  session.term.out << table.render(session.term.look);
}

struct Judged {
  std::vector<Complaint> complaints, warnings;
};

// What both checks print: all complaints and warnings, or that there is no complaint, and `more`.
Exit judge(const Session& session, const std::string& file, Judged judged, const std::string& more) {
  std::vector<Complaint>& complaints = judged.complaints;
  config::sort(complaints);
  if (session.json) {
    json::object out;
    out["file"] = file;
    out["complaints"] = to_json(complaints);
    out["warnings"] = to_json(judged.warnings);
    session.term.out << json::serialize(out) << '\n';
    return complaints.empty() ? Exit::done : Exit::refused;
  }
  for (const Complaint& warning : judged.warnings) {
    session.term.out << printable(config::to_warning(warning)) << '\n';
  }
  if (complaints.empty()) {
    session.term.out << file << ": no complaints\n" << more;
  } else {
    tell(complaints, session.term.out);
  }
  return complaints.empty() ? Exit::done : Exit::refused;
}

}  // namespace

Exit list_drivers(const Session& session, const config::DriverFolders& folders) {
  std::vector<Complaint> complaints;
  const auto all = origins(folders, complaints);
  config::sort(complaints);
  if (session.json) {
    json::array drivers;
    for (const Origin& origin : all) drivers.push_back(to_json(origin));
    json::object out;
    out["drivers"] = std::move(drivers);
    out["complaints"] = to_json(complaints);
    session.term.out << json::serialize(out) << '\n';
  } else {
    print_table(session, all);
    tell(complaints, session.term.err);
  }
  return complaints.empty() ? Exit::done : Exit::refused;
}

Exit check_driver(const Session& session, const std::string& file) {
  std::vector<Complaint> complaints;
  const Driver driver = config::load_driver(file, complaints);
  return judge(session, file, {std::move(complaints), {}}, in_words(driver));
}

Exit check_config(const Session& session, const std::string& file) {
  auto loaded = config::load(file);
  return judge(session, file, {std::move(loaded.complaints), std::move(loaded.warnings)}, {});
}

}  // namespace burstd::ctl
