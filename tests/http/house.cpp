#include "house.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cstring>

namespace burstd::http::testing {

Response plain(std::string body) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

async::Task<Response> echo(Request request) {
  co_return plain(request.method + " " + request.path + "|" + request.body);
}

Response Desk::refuse(int, std::string code, std::string detail) {
  if (refusal_throws) throw std::runtime_error("refuse");
  return plain(code + "|" + detail);
}

void Desk::stopping() {
  ++stopped;
  events.notify();
}

Client::Client(const std::string& path) : x_descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  const timeval patience{10, 0};
  ::setsockopt(x_descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(x_descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  EXPECT_EQ(::connect(x_descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0) << std::strerror(errno);
}

Client::~Client() { ::close(x_descriptor); }

bool Client::send(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t sent = ::send(x_descriptor, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::fill() {
  char buffer[65536];
  const ssize_t got = ::recv(x_descriptor, buffer, sizeof buffer, 0);
  if (got <= 0) {
    EXPECT_NE(got < 0 ? errno : 0, EAGAIN) << "the server kept silent for ten seconds";
    return false;
  }
  x_read.append(buffer, static_cast<std::size_t>(got));
  return true;
}

std::string Client::line() {
  while (x_read.find("\r\n") == std::string::npos) {
    if (!fill()) return {};
  }
  std::string out = x_read.substr(0, x_read.find("\r\n"));
  x_read.erase(0, out.size() + 2);
  return out;
}

Answer Client::answer(bool bodiless) {
  Answer out;
  out.head = line();
  if (out.head.size() < 12) return out;
  out.status = std::stoi(out.head.substr(9, 3));
  for (std::string field = line(); !field.empty(); field = line()) {
    const std::size_t colon = field.find(": ");
    std::string name = field.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
    EXPECT_TRUE(out.fields.emplace(name, field.substr(colon + 2)).second) << "twice: " << name;
  }
  if (out.status == 100) return out;
  if (out.fields.count("transfer-encoding") != 0) {
    if (!bodiless) read_chunks(out);
    return out;
  }
  const std::size_t size = bodiless || out.fields.count("content-length") == 0
                               ? 0
                               : static_cast<std::size_t>(std::stoul(out.fields.at("content-length")));
  while (x_read.size() < size && fill()) continue;
  out.whole = x_read.size() >= size;
  out.body = x_read.substr(0, size);
  x_read.erase(0, out.body.size());
  return out;
}

void Client::read_chunks(Answer& into) {
  for (;;) {
    const std::string size_line = line();
    if (size_line.empty()) return;
    const std::size_t size = std::stoul(size_line, nullptr, 16);
    while (x_read.size() < size + 2 && fill()) continue;
    if (x_read.size() < size + 2) return;
    into.body += x_read.substr(0, size);
    x_read.erase(0, size + 2);
    if (size == 0) {
      into.whole = true;
      return;
    }
  }
}

bool Client::reads(std::string_view octets) {
  while (x_read.find(octets) == std::string::npos) {
    if (!fill()) return false;
  }
  x_read.erase(0, x_read.find(octets) + octets.size());
  return true;
}

std::string Client::rest() {
  while (fill()) continue;
  return std::exchange(x_read, {});
}

bool Client::ended() { return x_read.empty() && !fill(); }

void Client::end_output() { ::shutdown(x_descriptor, SHUT_WR); }

Directory::Directory() {
  std::string name = (std::filesystem::temp_directory_path() / "burstd-http-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path = name;
}

House::House() {
  options.socket_path = directory.file("s");
  desk.answers = echo;
}

House::~House() {
  if (x_thread.joinable()) stop();
}

void House::open() {
  x_server = std::make_unique<Server>(x_loop.get_executor(), options, desk);
  x_scope = std::make_unique<async::Scope>(x_loop.get_executor());
  const base::Result<void> opened = adopted < 0 ? x_server->open() : x_server->adopt(adopted);
  if (!opened) throw std::runtime_error(opened.error().sentence);
  x_scope->spawn(x_server->run());
  x_thread = std::thread([this] { x_loop.run(); });
}

void House::stop_softly() {
  boost::asio::post(x_loop, [this] { x_server->stop(); });
}

void House::stop() {
  stop_softly();
  wait();
}

std::string get(std::string_view target) { return "GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n\r\n"; }

std::string post(std::string_view target, std::string_view body) {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

}  // namespace burstd::http::testing
