// burstctl: the command line of the gateway.
#include <exception>
#include <iostream>

#include "ctl/line/command_line.hpp"

int main(int argc, char** argv) {
  using burstd::ctl::Exit;
  try {
    const burstd::ctl::Exit exit = burstd::ctl::run({argv + 1, argv + argc}, burstd::ctl::real_term());
    std::cout.flush();
    if (std::cout || exit != Exit::done) return static_cast<int>(exit);
    std::cerr << "burstctl: the output could not be written\n";
  } catch (const std::exception& failure) {
    std::cerr << "burstctl: " << failure.what() << '\n';
  }
  return static_cast<int>(Exit::refused);
}
