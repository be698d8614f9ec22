// A gateway of canned answers on a real Unix socket, so that commands are tested from their arguments to the
// last octet they print. Answers are given per "METHOD /path" (query aside) in turn, the last one for ever.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace burstd::ctl {

struct Canned {
  unsigned status = 200;
  std::string body;
  std::string headers;   // "Name: value\r\n"…
  bool hang_up = false;  // take the request and close without an answer
};

struct Asked {
  std::string method, target, body;
};

class FakeGateway {
 public:
  FakeGateway();
  FakeGateway(const FakeGateway&) = delete;
  FakeGateway& operator=(const FakeGateway&) = delete;
  ~FakeGateway();

  const std::string& path() const { return x_path; }

  void answer(const std::string& route, Canned canned);
  std::vector<Asked> asked() const;

 private:
  void serve();
  void converse(int connection);
  Canned next(const Asked& asked);

  std::string x_folder, x_path;
  int x_listener = -1;
  std::atomic<bool> x_stop{false};
  mutable std::mutex x_guard;
  std::map<std::string, std::vector<Canned>> x_canned;
  std::map<std::string, std::size_t> x_given;
  std::vector<Asked> x_asked;
  std::thread x_thread;
};

}  // namespace burstd::ctl
