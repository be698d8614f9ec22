#include "ctl/watch/full_screen.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>

#include "ctl/files/octets.hpp"

namespace burstd::ctl {

namespace {

constexpr std::string_view enter = "\x1b[?1049h\x1b[?25l\x1b[2J", leave = "\x1b[?25h\x1b[?1049l";
constexpr std::array endings{SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t ended = 0, resized = 0;

void on_end(int) { ended = 1; }
void on_resize(int) { resized = 1; }

void hear(int number, void (*action)(int)) {
  struct sigaction act {};
  act.sa_handler = action;
  sigemptyset(&act.sa_mask);
  sigaction(number, &act, nullptr);
}

}  // namespace

// The signals come while somebody waits and at no other time.
FullScreen::FullScreen() {
  ended = 0;
  resized = 0;
  sigset_t ours;
  sigemptyset(&ours);
  for (const int number : endings) sigaddset(&ours, number);
  sigaddset(&ours, SIGWINCH);
  pthread_sigmask(SIG_BLOCK, &ours, &x_mask);
  for (const int number : endings) hear(number, on_end);
  hear(SIGWINCH, on_resize);
  if (tcgetattr(STDIN_FILENO, &x_settings) == 0) {
    termios raw = x_settings;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    x_changed = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
  }
  write(enter);
}

FullScreen::~FullScreen() {
  write(leave);
  if (x_changed) tcsetattr(STDIN_FILENO, TCSAFLUSH, &x_settings);
  for (const int number : endings) hear(number, SIG_DFL);
  hear(SIGWINCH, SIG_DFL);
  pthread_sigmask(SIG_SETMASK, &x_mask, nullptr);
}

FullScreen::Wake FullScreen::wait(base::Milliseconds span) {
  pollfd typed{STDIN_FILENO, POLLIN, 0};
  const timespec length{span.count() / 1000, (span.count() % 1000) * 1'000'000};
  const int ready = ended != 0 ? -1 : ::ppoll(&typed, 1, &length, &x_mask);
  if (ended != 0) return Wake::ended;
  if (resized != 0) {
    resized = 0;
    return Wake::resized;
  }
  if (ready <= 0) return Wake::time;
  const ssize_t count = ::read(STDIN_FILENO, &x_key, 1);
  return count == 1 ? Wake::key : Wake::ended;
}

ScreenSize FullScreen::size() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
  return {size.ws_col, size.ws_row};
}

bool FullScreen::write(std::string_view octets) { return write_all(STDOUT_FILENO, octets); }

}  // namespace burstd::ctl
