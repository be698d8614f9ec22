// Loaded into a daemon before all else (LD_PRELOAD): its wall clock is off by what the file that BURSTD_CLOCK_SHIFT
// names holds, a little-endian std::int64_t of seconds, at any moment; behind it stands another one, whether a time
// server keeps it. Timers and the monotonic clocks stay as they are.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace {

struct Shift {
  std::int64_t seconds, synchronised;
};

const volatile Shift* shift_of_file() {
  static const Shift none{};
  const char* const name = std::getenv("BURSTD_CLOCK_SHIFT");
  const int file = name == nullptr ? -1 : ::open(name, O_RDONLY | O_CLOEXEC);
  if (file < 0) return &none;
  void* const mapped = ::mmap(nullptr, sizeof(Shift), PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  return mapped == MAP_FAILED ? &none : static_cast<const volatile Shift*>(mapped);
}

const volatile Shift& shift() {
  static const volatile Shift* const held = shift_of_file();
  return *held;
}

}  // namespace

extern "C" int adjtimex(timex* state) noexcept {
  state->status = shift().synchronised != 0 ? 0 : STA_UNSYNC;
  return shift().synchronised != 0 ? TIME_OK : TIME_ERROR;
}

extern "C" int access(const char* path, int mode) noexcept {
  if (std::string_view(path) == "/run/systemd/timesync/synchronized") return -1;
  return static_cast<int>(::syscall(SYS_faccessat, AT_FDCWD, path, mode));
}

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const auto result = static_cast<int>(::syscall(SYS_clock_gettime, clock, now));
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += shift().seconds;
  return result;
}
