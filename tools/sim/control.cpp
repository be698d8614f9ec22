#include "sim/control.hpp"

#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "sim/orders.hpp"

namespace burstd::sim {

namespace {

constexpr std::size_t longest_order = 65536;

bool is_served(const async::Executor& executor, const boost::asio::local::stream_protocol::endpoint& endpoint) {
  boost::asio::local::stream_protocol::socket probe(executor);
  boost::system::error_code failure;
  probe.connect(endpoint, failure);
  return !failure;
}

}  // namespace

base::Result<void> Control::start(const std::string& path) {
  if (path.size() > 107) return base::malformed("path-too-long", "A socket's path has at most 107 octets: " + path);
  const boost::asio::local::stream_protocol::endpoint endpoint(path);
  if (is_served(x_acceptor.get_executor(), endpoint)) {
    return base::Error{base::Fault::conflict, "control-taken", path + " is served by another simulator."};
  }
  ::unlink(path.c_str());
  boost::system::error_code failure;
  x_acceptor.open(endpoint.protocol(), failure);
  if (!failure) x_acceptor.bind(endpoint, failure);
  if (!failure) x_acceptor.listen(boost::asio::socket_base::max_listen_connections, failure);
  if (failure) {
    return base::Error{base::Fault::broken, "control-failed",
                       path + " cannot be listened on: " + failure.message() + "."};
  }
  x_path = path;
  x_bench.scope().spawn(accept());
  return {};
}

void Control::stop() {
  boost::system::error_code ignored;
  x_acceptor.close(ignored);
  for (Socket& client : x_clients) client.close(ignored);
  if (!x_path.empty()) ::unlink(x_path.c_str());
}

async::Task<> Control::accept() {
  for (;;) {
    boost::system::error_code failure;
    Socket client(x_acceptor.get_executor());
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failure);
    co_await x_acceptor.async_accept(client, token);
    if (failure == boost::asio::error::operation_aborted || x_bench.stopping()) co_return;
    if (failure) continue;
    x_clients.push_back(std::move(client));
    x_bench.scope().spawn(serve(std::prev(x_clients.end())));
  }
}

async::Task<> Control::serve(std::list<Socket>::iterator client) {
  std::string inbox;
  for (bool more = true; more;) more = co_await answer(*client, inbox);
  x_clients.erase(client);
}

// One line; false when the conversation is over.
async::Task<bool> Control::answer(Socket& client, std::string& inbox) {
  boost::system::error_code failure;
  auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failure);
  auto space = boost::asio::dynamic_buffer(inbox, longest_order);
  const std::size_t size = co_await boost::asio::async_read_until(client, space, '\n', token);
  if (failure) co_return false;
  const Answer answer = obey(x_bench, std::string_view(inbox).substr(0, size - 1));
  inbox.erase(0, size);
  const std::string line = boost::json::serialize(answer.object) + "\n";
  const auto octets = boost::asio::buffer(line);
  co_await boost::asio::async_write(client, octets, token);
  if (answer.quit) x_bench.stop();
  co_return !failure && !answer.quit;
}

}  // namespace burstd::sim
