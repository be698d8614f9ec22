// A server on a socket of its own in a temporary directory, on a thread of its own, and blocking clients that speak
// raw octets to it.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "async/scope.hpp"
#include "http/server.hpp"

namespace burstd::http::testing {

using std::chrono::milliseconds;

// Answers with what `answers` says; refuses with "code|detail".
class Desk final : public Responder {
 public:
  async::Task<Response> answer(Request request) override { return answers(std::move(request)); }
  std::optional<Response> screen(const Request& request) override { return screens ? screens(request) : std::nullopt; }
  Response refuse(int status, std::string code, std::string detail) override;
  void stopping() override;

  std::function<async::Task<Response>(Request)> answers;
  std::function<std::optional<Response>(const Request&)> screens;
  bool refusal_throws = false;
  async::Signal events;  // notified when the server stops
  std::atomic<int> stopped{0};
};

Response plain(std::string body);

// "METHOD path|body".
async::Task<Response> echo(Request request);

struct Answer {
  int status = 0;  // 0: none came
  std::string head;
  std::map<std::string, std::string> fields;  // names in lower case
  std::string body;
  bool whole = false;  // framed to its end
};

class Client {
 public:
  explicit Client(const std::string& path);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  bool send(std::string_view octets);  // false: the server has closed
  Answer answer(bool bodiless = false);
  Answer ask(std::string_view octets) { return send(octets) ? answer() : Answer{}; }
  std::string rest();                   // to the end of the connection, which must come within five seconds
  bool reads(std::string_view octets);  // takes what comes up to and with these; false: the end came first
  bool ended();                         // the server closed and nothing is left to read
  void end_output();

 private:
  bool fill();
  std::string line();
  void read_chunks(Answer& into);

  int x_descriptor;
  std::string x_read;
};

// A directory that goes with the test.
class Directory {
 public:
  Directory();
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
  std::filesystem::path path;
};

class House {
 public:
  House();
  ~House();

  void open();
  void stop();         // and waits for the end of run()
  void stop_softly();  // without waiting
  void wait() { x_thread.join(); }
  std::string path() const { return options.socket_path; }

  Directory directory;
  Options options;
  Desk desk;
  int adopted = -1;  // a descriptor to adopt in place of opening the path

 private:
  boost::asio::io_context x_loop{1};
  std::unique_ptr<Server> x_server;
  std::unique_ptr<async::Scope> x_scope;
  std::thread x_thread;
};

std::string get(std::string_view target);
std::string post(std::string_view target, std::string_view body);

}  // namespace burstd::http::testing
