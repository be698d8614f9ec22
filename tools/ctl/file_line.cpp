#include "ctl/file_line.hpp"

#include <CLI/CLI.hpp>

#include "ctl/command_options.hpp"

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

}  // namespace

void add_file_commands(CLI::App& parent, FileWishes& wishes, const Finish& finish) {
  CLI::App& config = family(parent, "config", "the configuration file: check");
  CLI::App& checked = *config.add_subcommand("check", "every mistake in a configuration, with its line and column");
  file_of(checked, wishes, "the configuration, such as /etc/burstd/burstd.yaml");
  checked.footer(
      "The files of the drivers' folders that it names are read, too. Exit status 1 if there is any mistake.");
  finish(checked, [&wishes](const Session& session) { return check_config(session, wishes.file); });

  CLI::App& driver = family(parent, "driver", "the drivers, one file for each make of modem: list, check");
  CLI::App& list =
      *driver.add_subcommand("list", "every driver, how its modems are recognised, and where it comes from");
  folder_of(list, "--drivers", wishes.folders.installed, "those that were installed (/usr/share/burstd/drivers)");
  folder_of(list, "--override", wishes.folders.local, "your own, which win by name (/etc/burstd/drivers)");
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
}

}  // namespace burstd::ctl
