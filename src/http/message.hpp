// A request and its answer as plain values: what api reads and writes. No sockets and no parser here, and nothing
// of what the octets mean.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "async/signal.hpp"
#include "async/task.hpp"
#include "base/result.hpp"

namespace burstd::http {

using Fields = std::vector<std::pair<std::string, std::string>>;

// Who is at the other end, as the kernel knows it since the connection was made (SO_PEERCRED, SO_PEERGROUPS).
struct Peer {
  uid_t uid = 0;
  gid_t gid = 0;
  pid_t pid = 0;
  std::vector<gid_t> groups;  // the supplementary ones; `gid` need not be among them
};

struct Request {
  std::string method;                 // as sent; HEAD is handed on as GET and its answer's body kept back
  std::string path;                   // decoded; valid UTF-8 without NUL
  std::vector<std::string> segments;  // of the path, split before decoding: "/v1/groups/a%2Fb" → "v1", "groups", "a/b"
  Fields query;                       // decoded, in the order given; "+" is a blank
  Fields headers;
  std::string body;
  Peer peer;

  // The first of that name, in any case; nothing when there is none.
  std::optional<std::string_view> header(std::string_view name) const;

  // The first parameter of exactly that name.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

// What a streamed answer writes to. Alive until the function that got it returns.
class Stream {
 public:
  virtual ~Stream() = default;

  // Returns when the kernel took all of it; `octets` must live so long. An error: the client went away, took
  // nothing for Options::stall_time, or the server stops; there is no point in going on.
  virtual async::Task<base::Result<void>> write(std::string_view octets) = 0;

  // True when a write would fail for one of these reasons, as far as the loop has been told.
  virtual bool closed() const = 0;

  // What the source waits on between two writes: notified when closed() has become true. Others may notify it, too.
  virtual async::Signal& wake() = 0;
};

// An error (or an exception) leaves the answer visibly cut off: the client misses the last chunk.
using Streaming = std::function<async::Task<base::Result<void>>(Stream&)>;

struct Response {
  int status = 200;
  std::string content_type;  // empty: no such header
  Fields headers;            // never Content-Length, Transfer-Encoding, Connection or Date: http writes them
  std::string body;
  Streaming stream;  // when set it takes the place of the body; the connection ends with it
};

}  // namespace burstd::http
