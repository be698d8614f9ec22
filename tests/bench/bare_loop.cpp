// The fastest loop that speaks as the daemon does to a modem and records nothing: command, prompt, PDU, verdict, over
// and over on one port. What comes by itself in between, such as delivery reports, is read and forgotten. Prints how
// many messages a second the modem took. The peer of the row `loop` of tools/bench.
//
//     bare_loop PORT PDU COUNT SETTING...      each setting is a command that is said before
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

class Port {
 public:
  explicit Port(const char* name) : x_file(::open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    termios settings{};
    if (x_file < 0 || ::tcgetattr(x_file, &settings) != 0) throw std::runtime_error("the port cannot be opened");
    ::cfmakeraw(&settings);
    ::tcsetattr(x_file, TCSANOW, &settings);
  }
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;
  ~Port() { ::close(x_file); }

  void say(std::string_view octets) const {
    if (::write(x_file, octets.data(), octets.size()) != static_cast<ssize_t>(octets.size())) {
      throw std::runtime_error("the port takes no more");
    }
  }

  void hear(std::string_view mark) {
    x_heard.clear();
    while (x_heard.find(mark) == std::string::npos) {
      const ssize_t count = ::read(x_file, x_buffer.data(), x_buffer.size());
      if (count <= 0) throw std::runtime_error("the port has gone");
      x_heard.append(x_buffer.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  int x_file;
  std::array<char, 4096> x_buffer{};
  std::string x_heard;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) {
    std::cerr << "usage: bare_loop PORT PDU COUNT SETTING...\n";
    return 2;
  }
  Port port(arguments[1]);
  for (int at = 4; at < count; ++at) {
    port.say(std::string(arguments[at]) + "\r");
    port.hear("OK\r\n");
  }
  const std::string pdu = arguments[2];
  const std::string command = "AT+CMGS=" + std::to_string(pdu.size() / 2 - 1) + "\r";  // the PDU names no centre
  const int messages = std::stoi(arguments[3]);
  const auto begin = std::chrono::steady_clock::now();
  for (int sent = 0; sent < messages; ++sent) {
    port.say(command);
    port.hear("> ");
    port.say(pdu + "\x1a");
    port.hear("\r\nOK\r\n");
  }
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  std::cout << messages / spent.count() << '\n';
  return 0;
}
