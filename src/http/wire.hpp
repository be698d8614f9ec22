// One connection as octets in and octets out, each wait bounded by a deadline. A session owns it and either reads or
// writes, never both at once; beside a write it may wait for the client to hang up. It knows nothing of HTTP.
#pragma once

#include <boost/asio/local/stream_protocol.hpp>
#include <string_view>
#include <vector>

#include "http/deadlines.hpp"

namespace burstd::http {

class Wire {
 public:
  using Socket = boost::asio::local::stream_protocol::socket;

  // Why a wait ended.
  enum class End : std::uint8_t {
    none,  // it did what was asked
    gone,  // the client closed, or the connection broke
    late,  // the deadline passed
    cut,   // by cut()
  };

  Wire(Socket socket, Deadlines& deadlines);

  // What came and was not consumed yet; good until the next call of consume() or more().
  std::string_view input() const;
  void consume(std::size_t octets);

  // Reads at least one octet more, at most about `room`, until `deadline`.
  async::Task<End> more(std::size_t room, base::Steady deadline);

  // Writes all of it; `late` when the client takes nothing for `stall`, or not all until `deadline`.
  async::Task<End> write(std::string_view octets, base::Milliseconds stall,
                         base::Steady deadline = base::Steady::max());

  void end_output();  // the client reads to the end and finds it
  void cut();         // ends the present wait and every later one
  bool is_cut() const { return x_cut; }

  // Returns when the client has closed both directions, beside whatever is written meanwhile, or at forget_hang_up().
  // Nothing is read: what a client sends into a stream stays where it is.
  async::Task<> hang_up();
  void forget_hang_up();

 private:
  void make_room(std::size_t room);
  End cause(bool failed) const;

  Socket x_socket;
  Deadlines::Entry x_deadline;
  std::vector<char> x_buffer;
  std::size_t x_begin = 0;  // of the input within the buffer
  std::size_t x_end = 0;
  bool x_late = false;
  bool x_cut = false;
  bool x_indifferent = false;  // to hanging up
};

}  // namespace burstd::http
