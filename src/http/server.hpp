// HTTP/1.1 on a Unix stream socket: listens, runs a session for each client, ends them in order. app owns it.
// It never looks into a body, and there is no TCP.
#pragma once

#include <boost/asio/local/stream_protocol.hpp>
#include <list>

#include "async/scope.hpp"
#include "http/hall.hpp"
#include "http/listener.hpp"
#include "http/message.hpp"

namespace burstd::http {

class Session;

class Server {
 public:
  Server(async::Executor executor, Options options, Responder& responder);

  // Makes the socket of Options::socket_path. A stale file is replaced once a connect() has proved that nobody
  // listens there; a live one is an error ("socket-in-use").
  base::Result<void> open();

  // Takes a Unix stream socket that somebody else bound and listens on (systemd). Its file is left alone at the end.
  base::Result<void> adopt(int descriptor);

  // Serves until stop() and returns when every session has ended. To be called once, after open() or adopt().
  async::Task<> run();

  // On the loop thread: no new clients, idle connections end, answers in flight have Options::stop_time before
  // their connections are cut. A responder that never returns holds run() up all the same.
  void stop();

 private:
  using Socket = boost::asio::local::stream_protocol::socket;

  base::Result<void> listen_on(base::Result<Listener> listener);
  async::Task<> accept_all();
  void receive(Socket socket);
  async::Task<> serve(Socket socket, Peer peer);
  void cut_all();

  Hall x_hall;
  Deadlines::Entry x_stop_deadline;
  std::optional<Listener> x_listener;
  boost::asio::local::stream_protocol::acceptor x_acceptor;
  std::list<Session*> x_open;
  async::Scope x_clock;
  async::Scope x_scope;
};

}  // namespace burstd::http
