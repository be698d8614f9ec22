#include "http/server.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "http/peer.hpp"
#include "http/session.hpp"

namespace burstd::http {

namespace {

using boost::system::error_code;

}  // namespace

Server::Server(async::Executor executor, Options options, Responder& responder)
    : x_hall(std::move(options), responder),
      x_stop_deadline(x_hall.deadlines, [this] { cut_all(); }),
      x_acceptor(executor),
      x_clock(executor),
      x_scope(executor) {}

base::Result<void> Server::open() { return listen_on(Listener::open(x_hall.options)); }

base::Result<void> Server::adopt(int descriptor) { return listen_on(Listener::adopt(descriptor)); }

base::Result<void> Server::listen_on(base::Result<Listener> listener) {
  if (!listener) return listener.error();
  x_listener.emplace(std::move(*listener));
  x_acceptor.assign(boost::asio::local::stream_protocol(), x_listener->release());
  return {};
}

async::Task<> Server::run() {
  x_clock.spawn(x_hall.deadlines.run());
  x_scope.spawn(accept_all());
  co_await x_scope.join();
  x_hall.deadlines.stop();
  co_await x_clock.join();
}

void Server::stop() {
  if (x_hall.stopping) return;
  x_hall.stopping = true;
  x_hall.guests.close();
  error_code ignored;
  x_acceptor.close(ignored);
  if (x_listener) x_listener->remove();
  for (Session* session : x_open) session->stop();
  x_stop_deadline.set(async::now().steady + x_hall.options.stop_time);
  x_hall.responder.stopping();
}

void Server::cut_all() {
  if (!x_open.empty())
    spdlog::warn("{} connections are cut because their answers take too long to stop", x_open.size());
  for (Session* session : x_open) session->cut();
}

async::Task<> Server::accept_all() {
  const std::size_t most = x_hall.guests.most();  // others wait in the kernel's backlog
  while (!x_hall.stopping) {
    co_await x_scope.below(most + 1);  // this loop is one of them
    if (x_hall.stopping) co_return;
    error_code failed;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failed);
    Socket socket = co_await x_acceptor.async_accept(token);
    if (!failed && !x_hall.stopping) {
      receive(std::move(socket));
    } else if (!x_hall.stopping && failed != boost::asio::error::connection_aborted) {
      spdlog::error("cannot take a client on the socket: {}; trying again in a second", failed.message());
      co_await async::sleep_for(base::Milliseconds(1000));
    }
  }
}

// Whoever floods the socket costs no more than this.
void Server::receive(Socket socket) {
  base::Result<Peer> peer = peer_of(socket.native_handle());
  if (!peer) return spdlog::error("{}", peer.error().sentence);
  if (x_hall.guests.crowds(peer->uid)) return;
  x_scope.spawn(serve(std::move(socket), std::move(*peer)));
}

// Nothing that goes wrong with one client may reach the others.
async::Task<> Server::serve(Socket socket, Peer peer) {
  Guests::Visit visit(x_hall.guests, peer.uid);
  const bool inside = co_await visit.enter();
  if (!inside) co_return;
  Session session(std::move(socket), std::move(peer), {x_hall, visit.guest()});
  const auto place = x_open.insert(x_open.end(), &session);
  if (x_hall.stopping) session.stop();
  try {
    co_await session.run();
  } catch (...) {
    spdlog::error("a connection ended in an exception; the others go on");
  }
  x_open.erase(place);
}

}  // namespace burstd::http
