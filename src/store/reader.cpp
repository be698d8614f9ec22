#include "store/reader.hpp"

#include <thread>

#include "store/files.hpp"
#include "store/record.hpp"
#include "store/ticket.hpp"

namespace burstd::store {

namespace {

struct Order {
  std::function<void(const Connection&)>* work;
  Ticket ticket;
};

// Ends the snapshot also when the unit throws: a reader left in one makes the log grow without bound.
void read_once(const Connection& connection, Order& order) {
  try {
    connection.execute("BEGIN");
    (*order.work)(connection);
    connection.execute("COMMIT");
  } catch (const Failure& failure) {
    if (failure.corrupt()) suspect_damage(connection.file());
    order.ticket.thrown = std::current_exception();
    if (connection.in_transaction()) connection.execute("ROLLBACK");
  } catch (...) {
    order.ticket.thrown = std::current_exception();
    if (connection.in_transaction()) connection.execute("ROLLBACK");
  }
}

}  // namespace

class Reader::Thread {
 public:
  Thread(const Options& options, async::Executor loop)
      : x_connection(file_of(options), Connection::Mode::read), x_loop(std::move(loop)), x_thread([this] { run(); }) {}

  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  ~Thread() {
    x_queue.close();
    x_thread.join();
  }

  const async::Executor& loop() const { return x_loop; }
  Queue<Order>& queue() { return x_queue; }

 private:
  void run() {
    for (auto orders = x_queue.take(1); !orders.empty(); orders = x_queue.take(1)) {
      read_once(x_connection, *orders.front());
      orders.front()->ticket.settle();
    }
  }

  Connection x_connection;
  async::Executor x_loop;
  Queue<Order> x_queue;
  std::thread x_thread;  // last: it starts when all the rest is there
};

Reader::Reader(const Options& options, async::Executor loop)
    : x_thread(std::make_unique<Thread>(options, std::move(loop))) {}

Reader::~Reader() = default;

async::Task<> Reader::read(std::function<void(const Connection&)>& work) {
  Order order{&work, {}};
  auto enqueue = [&] { x_thread->queue().push(order); };
  co_await order.ticket.wait(x_thread->loop(), enqueue);
  if (order.ticket.thrown) std::rethrow_exception(order.ticket.thrown);
}

}  // namespace burstd::store
