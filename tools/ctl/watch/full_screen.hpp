// The whole terminal for a while: its other screen, keys as they are pressed, and everything as it was at the end,
// however it ends. Ctrl-C, a closed terminal and another size wake whoever waits. One at a time; knows nothing of what
// is shown.
#pragma once

#include <termios.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/time.hpp"

namespace burstd::ctl {

struct ScreenSize {
  std::size_t columns = 80, rows = 24;
};

class FullScreen {
 public:
  FullScreen();
  FullScreen(const FullScreen&) = delete;
  FullScreen& operator=(const FullScreen&) = delete;
  ~FullScreen();

  enum class Wake : std::uint8_t { time, key, resized, ended };

  // Until one of these. What came before the call counts.
  Wake wait(base::Milliseconds span);
  char key() const { return x_key; }  // after Wake::key

  static ScreenSize size();

  // False when the terminal is gone.
  static bool write(std::string_view octets);

 private:
  termios x_settings{};
  sigset_t x_mask{};
  char x_key = 0;
  bool x_changed = false;  // the settings
};

}  // namespace burstd::ctl
