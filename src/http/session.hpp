// One client's connection from the first octet to the last: requests in, answers out in the same order, refusals
// said aloud. Server owns it and joins it.
#pragma once

#include "http/hall.hpp"
#include "http/parser.hpp"
#include "http/wire.hpp"

namespace burstd::http {

class Session {
 public:
  // Where it is, and whose it is.
  struct Place {
    Hall& hall;
    Guest& guest;
  };

  Session(Wire::Socket socket, Peer peer, Place place);

  async::Task<> run();

  void stop();                  // ends it if no request has begun; else the present answer is the last
  void cut() { x_wire.cut(); }  // ends it whatever it does

 private:
  async::Task<bool> exchange();  // one request and its answer; false: that was the last
  async::Task<Wire::End> receive(Parser& parser);
  async::Task<Wire::End> receive_head(Parser& parser);
  async::Task<Wire::End> receive_body(Parser& parser);
  async::Task<Wire::End> invite(const Head& head);
  bool admit(const Parser& parser);
  std::optional<Response> screened(const Request& request);
  async::Task<Response> answered(Request request);
  async::Task<bool> send(const Response& response, const Head& head, bool keep_alive);
  async::Task<bool> send_stream(const Response& response, const Head& head);
  async::Task<bool> turn_away(const Response& response, const Head& head);
  async::Task<> drain();
  Response rendered(const Refusal& refusal);

  Hall& x_hall;
  Guest& x_guest;
  Peer x_peer;
  Wire x_wire;
  DoubleShare x_seat;
  DoubleShare x_stream;
  DoubleShare x_body;
  std::optional<Response> x_refusal;  // of the present request, for a reason that the parser cannot see
  bool x_at_rest = true;              // nothing of a request has come, or all is said
  Stream* x_streaming = nullptr;      // while its source is at work
};

}  // namespace burstd::http
