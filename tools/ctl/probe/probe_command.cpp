#include "ctl/probe/probe_command.hpp"

#include <boost/json/serialize.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>

#include "config/drivers.hpp"
#include "config/words.hpp"
#include "ctl/care/holder.hpp"
#include "ctl/probe/probe_draft.hpp"
#include "ctl/probe/probe_json.hpp"
#include "ctl/probe/probe_report.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

namespace fs = std::filesystem;

// A driver that cannot be read is told; the others are used.
std::vector<modem::Driver> drivers_in(const Session& session, const config::DriverFolders& folders) {
  std::vector<config::Complaint> complaints;
  auto installed = config::load_drivers(folders.installed, complaints);
  std::vector<modem::Driver> own;
  std::error_code ignored;
  if (fs::exists(folders.local, ignored)) own = config::load_drivers(folders.local, complaints);
  for (const auto& complaint : complaints) session.term.err << printable(config::to_string(complaint)) << '\n';
  return config::merged(std::move(installed), std::move(own));
}

// A driver is named like its file.
std::optional<std::string> name_of_file(const std::string& output) {
  const fs::path file(output);
  if (file.extension() != ".yaml" || !config::plain_name(file.stem().string())) return std::nullopt;
  return file.stem().string();
}

// Why the draft could not be written there; nothing when it could.
std::optional<std::string> unfit(const std::string& output) {
  if (output.empty()) return std::nullopt;
  if (!name_of_file(output))
    return "the draft's file must be named like the driver, of a-z, 0-9, \"-\" and \"_\", such as mystick.yaml";
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(output, ignored)))
    return output + " is there already; nothing is overwritten, and nothing was asked";
  return std::nullopt;
}

bool write_new(const std::string& path, const std::string& text) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wx"), std::fclose);
  if (!file) return false;
  const bool whole = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  return std::fclose(file.release()) == 0 && whole;
}

void announce(const Session& session, const ProbeWishes& wishes) {
  session.term.err << "The modem at " << printable(wishes.probing.port)
                   << " is asked what it can do. No message is sent, no PIN is typed, nothing is restarted, and what\n"
                      "is changed is put back at the end. This takes up to a minute or two; Ctrl-C ends it in order.\n"
                   << std::flush;
}

void tell_who_holds(const Session& session, const Findings& found) {
  session.term.err << printable(in_words(holders_of(found.port)))
                   << "\nIf it is burstd that uses this modem, let go of it first, and resume it afterwards:\n"
                      "  burstctl modem pause NAME\n";
}

Exit not_answered(const Session& session, const Findings& found, bool full) {
  if (session.json) session.term.out << printable(boost::json::serialize(probe_to_json(found, full))) << '\n';
  complain(session, printable(found.trouble));
  if (found.fault == "port-busy") tell_who_holds(session, found);
  return Exit::refused;
}

void print(const Session& session, const Findings& found, bool full, const std::string& draft) {
  std::ostream& out = session.term.out;
  if (!session.json) {
    out << report_of(found, full);
    return;
  }
  auto report = probe_to_json(found, full);
  if (!draft.empty()) report["draft"] = draft;
  out << printable(boost::json::serialize(report)) << '\n';
}

Exit keep(const Session& session, const std::string& output, const std::string& draft) {
  const std::string file = printable(output);
  if (!write_new(output, draft))
    return complain(session, file + " could not be written. Is its folder there, and is it yours?");
  session.term.err << "The draft is in " << file << ". Look at it, then: burstctl driver check " << file << '\n';
  return Exit::done;
}

}  // namespace

Exit probe_modem(const Session& session, const ProbeWishes& wishes, const config::DriverFolders& folders) {
  if (const auto why = unfit(wishes.output)) return complain(session, printable(*why));
  const auto drivers = drivers_in(session, folders);
  Probing probing = wishes.probing;
  if (!wishes.sysfs.empty()) probing.folders.sysfs = wishes.sysfs;
  if (!wishes.devices.empty()) probing.folders.devices = wishes.devices;
  announce(session, wishes);
  const Watching watching;
  const Findings found = probe(probing, drivers, watching);
  if (!found.answered) return not_answered(session, found, wishes.full);
  const std::string name = name_of_file(wishes.output).value_or(draft_name(found.identity));
  const std::string draft = found.whole() ? draft_of(found, drivers, name) : std::string();
  print(session, found, wishes.full, draft);
  if (draft.empty()) return Exit::refused;
  if (!wishes.output.empty()) return keep(session, wishes.output, draft);
  if (!session.json) session.term.out << "\nThe draft of a driver, for a file named " << name << ".yaml:\n\n" << draft;
  return Exit::done;
}

}  // namespace burstd::ctl
