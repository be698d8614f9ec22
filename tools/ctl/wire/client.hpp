// One question to the gateway over its Unix socket, one answer; blocking, a new connection each time, so
// that nothing is kept that could go stale. Knows HTTP and nothing of messages. client.cpp is the only file
// that includes Beast; its reads and writes wait by poll() here, because Asio's blocking ones know no end.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace burstd::ctl {

struct Request {
  std::string method = "GET";
  std::string target;  // path and query, encoded
  std::string body;    // JSON; empty: none
};

struct Answer {
  unsigned status = 0;
  std::string body;
  std::string retry_after;  // the header, when there
  bool replayed = false;    // Idempotent-Replayed: true

  bool good() const { return status >= 200 && status < 300; }
};

class Client {
 public:
  explicit Client(std::string socket, base::Milliseconds patience = std::chrono::seconds{60})
      : x_socket(std::move(socket)), x_patience(patience) {}

  const std::string& socket() const { return x_socket; }

  // Fails with "not-reachable" or "no-permission" (nothing left this process), or "no-answer" (the gateway may
  // have done it). The sentence says what to do.
  base::Result<Answer> ask(const Request& request) const;

  // The same of an answer that is too large to be held: what a good one holds goes to `take` piece by piece, and its
  // body is empty. What `take` throws is thrown here.
  using Take = std::function<void(std::string_view)>;
  base::Result<Answer> download(const Request& request, const Take& take) const;

 private:
  std::string x_socket;
  base::Milliseconds x_patience;  // for the whole answer to begin and for every further piece
};

using Query = std::vector<std::pair<std::string_view, std::string>>;

// "/v1/x?status=Send%20Failed"; parameters without a value are left out.
std::string with_query(std::string path, const Query& query);

// One path segment or parameter, percent-encoded (RFC 3986).
std::string encoded(std::string_view text);

}  // namespace burstd::ctl
