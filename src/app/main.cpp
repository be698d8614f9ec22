// burstd: reads the command line and the configuration, and runs the daemon or says in a sentence why not.
#include <spdlog/spdlog.h>
#include <sysexits.h>

#include <iostream>

#include "app/command_line.hpp"
#include "app/daemon.hpp"
#include "app/log.hpp"
#include "app/memory.hpp"
#include "app/process.hpp"
#include "app/service.hpp"
#include "app/settings.hpp"
#include "store/unusable.hpp"

namespace burstd::app {

namespace {

int tell(const std::vector<config::Complaint>& complaints, std::ostream& out) {
  for (const auto& complaint : complaints) out << config::to_string(complaint) << '\n';
  return complaints.empty() ? EX_OK : EX_CONFIG;
}

int check(const std::string& file) {
  const auto loaded = load_settings(file);
  for (const auto& warning : loaded.warnings) std::cout << config::to_warning(warning) << '\n';
  if (loaded.complaints.empty()) std::cout << file << ": no complaints\n";
  return tell(loaded.complaints, std::cout);
}

int run(const CommandLine& line) {
  const auto loaded = load_settings(line.config);
  if (!loaded.complaints.empty()) {
    Service().status(config::to_string(loaded.complaints.front()));
    return tell(loaded.complaints, std::cerr);
  }
  keep_memory_together();
  prepare_process();
  start_log(loaded.config.log_level, line.unsafe_trace);
  for (const auto& warning : loaded.warnings) spdlog::warn("{}", config::to_warning(warning));
  const int status = Daemon(line.config, loaded).run();
  tell_left_out(true);
  return status;
}

int act(const CommandLine& line) {
  switch (line.wish) {
    case Wish::run:
      return run(line);
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

// Without a log there is only standard error, and what `systemctl status` shows.
int refuse(const std::exception& failure, int status) {
  Service().status(failure.what());
  std::cerr << "burstd: " << failure.what() << '\n';
  return status;
}

}  // namespace burstd::app

int main(int argc, char** argv) {
  try {
    return burstd::app::act(burstd::app::read_command_line(argc, argv));
  } catch (const burstd::store::Unusable& failure) {
    return burstd::app::refuse(failure, EX_DATAERR);
  } catch (const burstd::store::Failure& failure) {
    return burstd::app::refuse(failure, failure.corrupt() ? EX_DATAERR : 1);
  } catch (const std::exception& failure) {
    return burstd::app::refuse(failure, 1);
  }
}
