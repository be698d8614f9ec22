// Clients that ask for one thing after the other, each on a connection that it keeps: prints how many answers a second
// came. One thread and no thinking, so that it costs the machine as little as can be. Ends with 1 and a sentence when
// an answer is not 200.
//
//     request_load SOCKET CONNECTIONS REQUESTS < PATHS      one path a line, taken in turns
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view good = "HTTP/1.1 200 ", length_word = "\r\nContent-Length: ", head_end = "\r\n\r\n";

int connected(const char* path) {
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("nobody listens on the socket");
  }
  return socket;
}

class Client {
 public:
  explicit Client(const char* path) : x_socket(connected(path)) {}

  int socket() const { return x_socket; }

  void ask(std::string_view request) {
    x_heard.clear();
    if (::send(x_socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
      throw std::runtime_error("a request was not taken");
    }
  }

  // True when the whole answer is there.
  bool hear(std::array<char, 1 << 16>& room) {
    const ssize_t count = ::recv(x_socket, room.data(), room.size(), 0);
    if (count <= 0) throw std::runtime_error("a connection ended");
    x_heard.append(room.data(), static_cast<std::size_t>(count));
    const auto end = x_heard.find(head_end);
    if (end == std::string::npos) return false;
    if (!x_heard.starts_with(good)) throw std::runtime_error("answered " + x_heard.substr(0, x_heard.find('\r')));
    const auto length = x_heard.find(length_word);
    const auto body = std::stoul(x_heard.substr(length + length_word.size(), 10));
    return x_heard.size() >= end + head_end.size() + body;
  }

 private:
  int x_socket;
  std::string x_heard;
};

std::vector<std::string> requests() {
  std::vector<std::string> all;
  for (std::string path; std::getline(std::cin, path);) {
    all.push_back("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  if (all.empty()) throw std::runtime_error("no paths on standard input");
  return all;
}

class Load {
 public:
  Load(const char* path, int connections) : x_poll(::epoll_create1(EPOLL_CLOEXEC)) {
    for (int which = 0; which < connections; ++which) {
      x_clients.emplace_back(path);
      epoll_event event{EPOLLIN, {.u64 = static_cast<std::uint64_t>(which)}};
      ::epoll_ctl(x_poll, EPOLL_CTL_ADD, x_clients.back().socket(), &event);
    }
  }

  // Answers a second.
  double run(const std::vector<std::string>& requests, std::size_t count) {
    const auto begin = std::chrono::steady_clock::now();
    std::size_t asked = 0, answered = 0;
    for (Client& client : x_clients) client.ask(requests[asked++ % requests.size()]);
    while (answered < count) {
      std::array<epoll_event, 64> ready{};
      const int found = ::epoll_wait(x_poll, ready.data(), ready.size(), -1);
      for (int at = 0; at < found; ++at) {
        Client& client = x_clients[ready[static_cast<std::size_t>(at)].data.u64];
        if (!client.hear(x_room)) continue;
        ++answered;
        if (asked < count) client.ask(requests[asked++ % requests.size()]);
      }
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    return static_cast<double>(count) / spent.count();
  }

 private:
  int x_poll;
  std::vector<Client> x_clients;
  std::array<char, 1 << 16> x_room{};
};

}  // namespace

int main(int count, char** arguments) try {
  if (count != 4) {
    std::cerr << "usage: request_load SOCKET CONNECTIONS REQUESTS < PATHS\n";
    return 2;
  }
  const auto paths = requests();
  std::cout << Load(arguments[1], std::stoi(arguments[2])).run(paths, std::stoul(arguments[3])) << '\n';
  return 0;
} catch (const std::exception& failure) {
  std::cerr << "request_load: " << failure.what() << '\n';
  return 1;
}
