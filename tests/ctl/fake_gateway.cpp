#include "fake_gateway.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace burstd::ctl {

namespace {

std::string new_folder() {
  std::string name = std::filesystem::temp_directory_path() / "ctl-test-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return name;
}

std::size_t body_length(const std::string& head) {
  const std::size_t at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

// Everything the client sends: head and body.
std::string read_request(int connection) {
  std::string octets;
  std::array<char, 4096> piece{};
  while (true) {
    const std::size_t end = octets.find("\r\n\r\n");
    if (end != std::string::npos && octets.size() >= end + 4 + body_length(octets.substr(0, end + 2))) return octets;
    const ssize_t got = ::recv(connection, piece.data(), piece.size(), 0);
    if (got <= 0) return octets;
    octets.append(piece.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

FakeGateway::FakeGateway() : x_folder(new_folder()), x_path(x_folder + "/s") {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  x_path.copy(address.sun_path, x_path.size());
  x_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const void* where = &address;
  if (::bind(x_listener, static_cast<const sockaddr*>(where), sizeof(address)) != 0 || ::listen(x_listener, 16) != 0) {
    throw std::runtime_error("cannot listen on " + x_path);
  }
  x_thread = std::thread([this] { serve(); });
}

FakeGateway::~FakeGateway() {
  x_stop = true;
  ::shutdown(x_listener, SHUT_RDWR);
  x_thread.join();
  ::close(x_listener);
  std::error_code ignored;
  std::filesystem::remove_all(x_folder, ignored);
}

void FakeGateway::answer(const std::string& route, Canned canned) {
  const std::lock_guard lock(x_guard);
  x_canned[route].push_back(std::move(canned));
}

std::vector<Asked> FakeGateway::asked() const {
  const std::lock_guard lock(x_guard);
  return x_asked;
}

Canned FakeGateway::next(const Asked& asked) {
  const std::lock_guard lock(x_guard);
  x_asked.push_back(asked);
  const std::string route = asked.method + " " + asked.target.substr(0, asked.target.find('?'));
  const auto found = x_canned.find(route);
  if (found == x_canned.end()) return {404, R"({"title":"Not found","code":"not-found"})", {}, false};
  const std::size_t turn = std::min(x_given[route]++, found->second.size() - 1);
  return found->second[turn];
}

void FakeGateway::converse(int connection) {
  const std::string octets = read_request(connection);
  const std::size_t first = octets.find(' '), second = octets.find(' ', first + 1), end = octets.find("\r\n\r\n");
  if (end == std::string::npos) return;
  const Canned canned =
      next({octets.substr(0, first), octets.substr(first + 1, second - first - 1), octets.substr(end + 4)});
  if (canned.hang_up) return;
  const std::string answer = "HTTP/1.1 " + std::to_string(canned.status) +
                             " X\r\nContent-Length: " + std::to_string(canned.body.size()) + "\r\n" + canned.headers +
                             "\r\n" + canned.body;
  for (std::size_t sent = 0; sent < answer.size();) {
    const ssize_t put = ::send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
    if (put <= 0) return;
    sent += static_cast<std::size_t>(put);
  }
}

void FakeGateway::serve() {
  while (!x_stop) {
    const int connection = ::accept4(x_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    converse(connection);
    ::close(connection);
  }
}

}  // namespace burstd::ctl
