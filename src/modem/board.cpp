#include "modem/board.hpp"

#include "async/task.hpp"

namespace burstd::modem {

void Board::set(State state, std::string sentence) {
  if (state == x_status.state && sentence == x_status.sentence) return;
  if (state != x_status.state) x_status.since = async::now().wall;
  x_status.state = state;
  x_status.sentence = std::move(sentence);
  x_host.status(x_status);
}

}  // namespace burstd::modem
