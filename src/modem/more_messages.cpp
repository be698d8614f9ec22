#include "modem/more_messages.hpp"

namespace burstd::modem {

namespace {

constexpr const char* more_follow = "AT+CMMS=2";

}  // namespace

// Mode 2, which stays: the modem closes the link by itself a few seconds after the last message, so a run needs no word
// at its end and the next one none at its beginning. Not mode 1: it falls back to 0 at each pause and would have to be
// set anew. A modem that says nothing at all to it may have been brought down by it: the next session does not ask
// either.
async::Task<> MoreMessages::expect(const Driver& driver) {
  if (x_said || x_charge.memory.more_messages_hang || driver.more_messages == Trust::no) co_return;
  x_said = true;
  const at::Reply reply = co_await x_terminal.execute(at::plain(more_follow), driver.command_timeout);
  if (reply.end != at::Reply::End::timed_out || x_terminal.over()) co_return;
  x_charge.memory.more_messages_hang = true;
  co_await x_terminal.outlive(more_follow);
}

}  // namespace burstd::modem
