// burstd: reads the command line and the configuration, and runs the daemon or says in a sentence why not.
#include <spdlog/spdlog.h>
#include <sysexits.h>

#include <iostream>

#include "app/command_line.hpp"
#include "app/daemon.hpp"
#include "app/memory.hpp"
#include "app/process.hpp"
#include "clinic/rules.hpp"
#include "clinic/templates.hpp"
#include "config/loader.hpp"

namespace burstd::app {

namespace {

// Also what only the rooms themselves can judge, such as a template with the name of a maintained one.
config::Loaded load(const std::string& file) {
  auto loaded = config::load(file);
  if (!loaded.complaints.empty()) return loaded;
  try {
    const clinic::Templates templates(loaded.config.clinic);
    static_cast<void>(clinic::rules_of(loaded.config.clinic));
  } catch (const std::runtime_error& mistake) {
    loaded.complaints.push_back({file, 1, 1, mistake.what()});
  }
  return loaded;
}

int tell(const std::vector<config::Complaint>& complaints, std::ostream& out) {
  for (const auto& complaint : complaints) out << config::to_string(complaint) << '\n';
  return complaints.empty() ? EX_OK : EX_CONFIG;
}

int check(const std::string& file) {
  const auto loaded = load(file);
  for (const auto& warning : loaded.warnings) std::cout << config::to_warning(warning) << '\n';
  if (loaded.complaints.empty()) std::cout << file << ": no complaints\n";
  return tell(loaded.complaints, std::cout);
}

int run(const std::string& file) {
  const auto loaded = load(file);
  if (!loaded.complaints.empty()) return tell(loaded.complaints, std::cerr);
  keep_memory_together();
  prepare_process();
  start_log(loaded.config.log_level);
  for (const auto& warning : loaded.warnings) spdlog::warn("{}", config::to_warning(warning));
  return Daemon(loaded.config).run();
}

int act(const CommandLine& line) {
  switch (line.wish) {
    case Wish::run:
      return run(line.config);
    case Wish::check:
      return check(line.config);
    case Wish::version:
      std::cout << "burstd " BURSTD_VERSION "\n";
      return EX_OK;
    case Wish::help:
      std::cout << usage;
      return EX_OK;
    case Wish::mistake:
      std::cerr << usage;
      return 2;
  }
  return 2;
}

}  // namespace

}  // namespace burstd::app

int main(int argc, char** argv) {
  try {
    return burstd::app::act(burstd::app::read_command_line(argc, argv));
  } catch (const std::exception& failure) {
    std::cerr << "burstd: " << failure.what() << '\n';
    return 1;
  }
}
