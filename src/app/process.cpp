#include "app/process.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

namespace burstd::app {

void prepare_process() {
  umask(0077);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGHUP, SIG_IGN);  // until there is somebody to read the configuration anew
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
}

}  // namespace burstd::app
