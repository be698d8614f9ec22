#include "app/process.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

namespace burstd::app {

void prepare_process() {
  umask(0077);
  std::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
}

}  // namespace burstd::app
