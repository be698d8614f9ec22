#include "ctl/line/file_line.hpp"

#include <CLI/CLI.hpp>

#include "ctl/line/command_options.hpp"

namespace burstd::ctl {

namespace {

CLI::App& family(CLI::App& parent, const char* name, const char* description) {
  CLI::App& app = *parent.add_subcommand(name, description);
  app.group("Without the gateway");
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "this page");
  return app;
}

void file_of(CLI::App& app, FileWishes& wishes, const char* what) {
  app.add_option("FILE", wishes.file, what)->required()->option_text(" ")->check(given);
}

// An option that is a folder of its own kind of path: value() reads text.
void folder_of(CLI::App& app, const char* name, std::filesystem::path& into, const char* what) {
  app.add_option_function<std::string>(
         name, [&into](const std::string& typed) { into = typed; }, what)
      ->option_text("FOLDER")
      ->check(given);
}

void folders_of_drivers(CLI::App& app, FileWishes& wishes) {
  folder_of(app, "--drivers", wishes.folders.installed, "those that were installed (/usr/share/burstd/drivers)");
  folder_of(app, "--override", wishes.folders.local, "your own, which win by name (/etc/burstd/drivers)");
}

void add_probe(CLI::App& driver, FileWishes& wishes, const Finish& finish) {
  constexpr int longest_listening = 3600;
  CLI::App& app = *driver.add_subcommand("probe", "ask a modem what it can do, and draft a driver for it");
  ProbeWishes& probe = wishes.probe;
  app.add_option("PORT", probe.probing.port, "its port, such as /dev/ttyUSB2")
      ->required()
      ->option_text(" ")
      ->check(given);
  app.add_option("--listen", probe.probing.listen, "how long to listen to what it says by itself (10)")
      ->option_text("SECONDS")
      ->check(CLI::Range(0, longest_listening));
  app.add_option("--baud", probe.probing.baud, "the speed of a true serial port (115200)")
      ->option_text("BAUD")
      ->check(CLI::PositiveNumber);
  value(app, "--output", probe.output, {"FILE", "write the draft there; a file that exists is left alone"});
  app.add_flag("--full", probe.full, "show the numbers of the SIM card whole");
  folders_of_drivers(app, wishes);
  value(app, "--sysfs", probe.sysfs, {"FOLDER", "in place of /sys"}).group("");
  value(app, "--devices", probe.devices, {"FOLDER", "in place of /dev"}).group("");
  app.footer(
      "Sends no message, types no PIN, restarts nothing, and puts back what it changes. A modem that burstd uses\n"
      "must be paused before: burstctl modem pause NAME. Example:\n"
      "  burstctl driver probe /dev/ttyUSB2 --output mystick.yaml\n"
      "Exit status 1 if nothing answers, or not to the end.");
  finish(app, [&wishes](const Session& session) { return probe_modem(session, wishes.probe, wishes.folders); });
}

}  // namespace

void add_file_commands(CLI::App& parent, FileWishes& wishes, const Finish& finish) {
  CLI::App& config = family(parent, "config", "the configuration file: check");
  CLI::App& checked = *config.add_subcommand("check", "every mistake in a configuration, with its line and column");
  file_of(checked, wishes, "the configuration, such as /etc/burstd/burstd.yaml");
  checked.footer(
      "The files of the drivers' folders that it names are read, too. Exit status 1 if there is any mistake.");
  finish(checked, [&wishes](const Session& session) { return check_config(session, wishes.file); });

  CLI::App& driver = family(parent, "driver", "the drivers, one file for each make of modem: list, check, probe");
  CLI::App& list =
      *driver.add_subcommand("list", "every driver, how its modems are recognised, and where it comes from");
  folders_of_drivers(list, wishes);
  list.footer(
      "A driver of yours that takes the place of an installed one is marked \"in place of the installed one\".\n"
      "Exit status 1 if a file has a mistake; it is told, and the others are listed.");
  finish(list, [&wishes](const Session& session) { return list_drivers(session, wishes.folders); });
  CLI::App& one = *driver.add_subcommand("check", "every mistake in a driver, or what it says in words");
  file_of(one, wishes, "the driver, such as /etc/burstd/drivers/mystick.yaml");
  one.footer(
      "Every key is explained in generic.yaml in the folder of the installed drivers.\n"
      "Exit status 1 if there is any mistake.");
  finish(one, [&wishes](const Session& session) { return check_driver(session, wishes.file); });
  add_probe(driver, wishes, finish);
}

}  // namespace burstd::ctl
