#include "ctl/words/term.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <ostream>

namespace burstd::ctl {

namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int) { interrupted = 1; }

std::size_t columns() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

bool wants_colour() {
  const char* refused = std::getenv("NO_COLOR");
  if (refused != nullptr && *refused != '\0') return false;
  const char* kind = std::getenv("TERM");
  return kind == nullptr || std::string_view(kind) != "dumb";
}

void on_signal(void (*action)(int)) {
  struct sigaction act {};
  act.sa_handler = action;  // without SA_RESTART: a sleep ends at once
  sigemptyset(&act.sa_mask);
  sigaction(SIGINT, &act, nullptr);
}

// One may live within the other.
int catchers = 0;

void catch_interrupt() {
  if (catchers++ == 0) on_signal(on_interrupt);
}

void let_interrupt() {
  if (--catchers == 0) on_signal(SIG_DFL);
}

void show_typing(bool shown) {
  termios settings{};
  if (tcgetattr(STDIN_FILENO, &settings) != 0) return;
  const auto echo = static_cast<tcflag_t>(ECHO);
  settings.c_lflag = shown ? settings.c_lflag | echo : settings.c_lflag & ~echo;
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings);
}

}  // namespace

Term real_term() {
  const bool terminal = isatty(STDOUT_FILENO) == 1, typed = isatty(STDIN_FILENO) == 1;
  return Term{std::cout,
              std::cerr,
              std::cin,
              terminal && typed,
              terminal,
              Look{terminal ? columns() : 0, terminal && wants_colour()},
              [] { return std::chrono::floor<base::Milliseconds>(std::chrono::system_clock::now()); },
              std::chrono::seconds{1},
              true,
              typed ? std::function<void(bool)>(show_typing) : nullptr};
}

Unseen::Unseen(const Term& term) : x_term(term) {
  if (!x_term.echo) return;
  interrupted = 0;
  catch_interrupt();
  x_term.echo(false);
}

Unseen::~Unseen() {
  if (!x_term.echo) return;
  x_term.echo(true);
  let_interrupt();
  x_term.err << '\n';  // the line end that was typed was not shown either
}

// Ctrl-C is let through only while it waits: one that came just before would be followed by a wait for a line.
bool Unseen::wait_for_line() const {
  if (!x_term.echo || &x_term.in != &std::cin) return true;
  sigset_t interrupt, before;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  sigprocmask(SIG_BLOCK, &interrupt, &before);
  pollfd typed{STDIN_FILENO, POLLIN, 0};
  while (interrupted == 0 && ppoll(&typed, 1, nullptr, &before) < 0 && errno == EINTR) {
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
  return interrupted == 0;
}

Watching::Watching() {
  interrupted = 0;
  catch_interrupt();
}

Watching::~Watching() { let_interrupt(); }

bool Watching::wait(base::Milliseconds length) const {
  timespec left{length.count() / 1000, (length.count() % 1000) * 1'000'000};
  while (interrupted == 0 && nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
  return interrupted == 0;
}

}  // namespace burstd::ctl
