#include "store/writer.hpp"

#include <sqlite3.h>

#include <atomic>
#include <thread>

#include "store/history.hpp"
#include "store/log_file.hpp"
#include "store/record.hpp"
#include "store/ticket.hpp"

namespace burstd::store {

namespace {

constexpr std::size_t most_units = 256;                       // in one commit
constexpr int pages_in_log = 1000, most_pages_in_log = 8000;  // then the log is emptied: when it can be, in any case
constexpr base::Milliseconds longest_wait{5};                 // of a unit that can

struct Order {
  std::function<bool(Transaction&)>* work;  // nothing: the log is to be cut
  bool alone = false;
  Ticket ticket = {};
  std::int64_t newest_change = 0;  // of what is kept
  bool cut = false;                // so was the log
  Tally tally = {};
};

using Group = std::vector<Order*>;

// What shares a commit, in order.
std::vector<Group> commits_of(const Group& taken) {
  std::vector<Group> commits;
  for (Order* order : taken) {
    const bool joins = !commits.empty() && !order->alone && !commits.back().back()->alone;
    if (!joins) commits.emplace_back();
    commits.back().push_back(order);
  }
  return commits;
}

base::Error store_broken() {
  return {base::Fault::unavailable, "store-broken",
          "The record could not be written and the gateway stops. Ask again with the same client_ref when it is back."};
}

base::Error trouble_of(const Failure& failure) {
  if (failure.disk_full()) return {base::Fault::exhausted, "disk-full", failure.what()};
  return {base::Fault::unavailable, "record-busy", failure.what()};
}

// One that is said again and again is prepared once.
void say(const Connection& connection, std::string_view sql) { connection.query(sql).step(); }

}  // namespace

class Writer::Thread {
 public:
  Thread(const Options& options, async::Executor loop, std::function<void(std::string)> broken)
      : x_record(options),
        x_disk(options),
        x_head_at_start(last_seq(x_record.connection())),
        x_lays_out_log(options.lay_out_log),
        x_loop(std::move(loop)),
        x_tell_broken(std::move(broken)),
        x_thread([this] { run(); }) {}

  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  ~Thread() {
    x_queue.close();
    x_thread.join();
  }

  const RecordFile& record() const { return x_record; }
  Disk& disk() { return x_disk; }
  std::int64_t head_at_start() const { return x_head_at_start; }
  const async::Executor& loop() const { return x_loop; }
  Queue<Order>& queue() { return x_queue; }
  Commits commits() const { return {x_commits, std::chrono::nanoseconds{x_commit_time}}; }

 private:
  void run();
  void carry_out(const Group& commit);
  void write(const Group& group);
  bool run(const Group& group);
  void empty_log();
  void cut_log(Order& order);
  bool ask(Order& order);
  bool work(Order& order);
  void note_commit(std::chrono::nanoseconds spent);
  void give_up(const Group& group, const base::Error& error);
  void break_down(const Group& group, const std::string& sentence);

  RecordFile x_record;
  Disk x_disk;
  std::int64_t x_head_at_start;
  bool x_lays_out_log;
  async::Executor x_loop;
  std::function<void(std::string)> x_tell_broken;
  Queue<Order> x_queue;
  bool x_broken = false;
  std::atomic<std::int64_t> x_commits = 0, x_commit_time = 0;  // asked for on the loop
  int x_emptied_at = 0;                                        // when the log had so many pages
  std::thread x_thread;                                        // last: it starts when all the rest is there
};

void Writer::Thread::run() {
  if (x_lays_out_log) lay_out_log(x_record.connection().file());
  for (Group group = x_queue.take(most_units); !group.empty(); group = x_queue.take(most_units)) {
    for (const Group& commit : commits_of(group)) carry_out(commit);
    if (!x_broken) empty_log();
  }
}

void Writer::Thread::carry_out(const Group& commit) {
  if (commit.front()->work == nullptr) return cut_log(*commit.front());
  write(commit);
}

// While nobody waits for a commit: it takes as long as ten of them.
void Writer::Thread::empty_log() {
  const int pages = x_record.connection().log_pages();
  if (pages < x_emptied_at) x_emptied_at = 0;  // it began anew
  const int more = pages - x_emptied_at;
  if (more < pages_in_log || (more < most_pages_in_log && x_queue.presses())) return;
  x_emptied_at = pages;
  try {
    x_record.connection().checkpoint();
  } catch (const Failure& failure) {
    if (failure.damaged()) break_down({}, failure.what());
  }
}

void Writer::Thread::write(const Group& group) {
  if (x_broken) return give_up(group, store_broken());
  const Connection& connection = x_record.connection();
  try {
    say(connection, "BEGIN IMMEDIATE");
    const bool keep = group.size() == 1 ? ask(*group.front()) : run(group);
    const base::Steady begun = async::now().steady;
    say(connection, keep ? "COMMIT" : "ROLLBACK");
    if (keep) note_commit(async::now().steady - begun);
  } catch (const Failure& failure) {
    const bool passing = failure.disk_full() || (failure.code() & 0xFF) == SQLITE_BUSY;
    if (failure.corrupt()) suspect_damage(connection.file());
    if (!passing) return break_down(group, failure.what());
    if (failure.disk_full()) x_disk.ran_full();
    try {
      if (connection.in_transaction()) say(connection, "ROLLBACK");
    } catch (const Failure& worse) {
      return break_down(group, worse.what());
    }
    return give_up(group, trouble_of(failure));
  } catch (const std::exception& failure) {
    return break_down(group, failure.what());
  }
  std::int64_t newest = 0;
  for (const Order* order : group) newest = std::max(newest, order->ticket.error ? 0 : order->newest_change);
  if (newest > 0) x_record.note_head(newest);
  for (Order* order : group) order->ticket.settle();
}

// Between two commits.
void Writer::Thread::cut_log(Order& order) {
  try {
    order.cut = !x_broken && x_record.connection().cut_log();
    if (order.cut && x_lays_out_log) lay_out_log(x_record.connection().file());
    x_emptied_at = 0;
  } catch (const Failure& failure) {
    if (failure.damaged()) break_down({}, failure.what());
  }
  order.ticket.settle();
}

// A savepoint each, so that one unit can be taken back among others.
bool Writer::Thread::run(const Group& group) {
  const Connection& connection = x_record.connection();
  for (Order* order : group) {
    say(connection, "SAVEPOINT unit");
    const bool keep = ask(*order);
    if (!keep) say(connection, "ROLLBACK TO unit");
    say(connection, "RELEASE unit");
  }
  return true;
}

// False: it is to be taken back. A failure that ends the whole transaction, or that says that the disk is failing, is
// thrown.
bool Writer::Thread::ask(Order& order) {
  const bool keep = work(order);
  if (!x_record.connection().in_transaction())
    throw Failure("SQLite ended the transaction of a unit of work", SQLITE_ABORT);
  return keep;
}

bool Writer::Thread::work(Order& order) {
  Transaction transaction(x_record.connection());
  try {
    const bool keep = (*order.work)(transaction);
    if (keep) order.newest_change = transaction.newest_change();
    if (keep) order.tally = std::move(transaction.tally());
    return keep;
  } catch (const Failure& failure) {
    if (failure.damaged() || !x_record.connection().in_transaction()) throw;
    if (failure.disk_full()) {
      x_disk.ran_full();
      order.ticket.error = trouble_of(failure);
    } else {
      order.ticket.thrown = std::current_exception();
    }
  } catch (...) {
    order.ticket.thrown = std::current_exception();
  }
  return false;
}

void Writer::Thread::note_commit(std::chrono::nanoseconds spent) {
  ++x_commits;
  x_commit_time += spent.count();
}

void Writer::Thread::give_up(const Group& group, const base::Error& error) {
  for (Order* order : group) {
    order->ticket.error = error;
    order->ticket.settle();
  }
}

void Writer::Thread::break_down(const Group& group, const std::string& sentence) {
  x_broken = true;
  give_up(group, store_broken());
  x_tell_broken(sentence);
}

Writer::Writer(const Options& options, async::Executor loop, std::function<void(std::string)> broken)
    : x_options(options), x_thread(std::make_unique<Thread>(options, std::move(loop), std::move(broken))) {
  x_head = x_thread->head_at_start();
}

Writer::~Writer() = default;

const std::string& Writer::epoch() const { return x_thread->record().epoch(); }

Disk& Writer::disk() { return x_thread->disk(); }

async::Task<bool> Writer::cut_log() {
  Order order{nullptr, true};
  auto enqueue = [&] { x_thread->queue().push(order); };
  co_await order.ticket.wait(x_thread->loop(), enqueue);
  co_return order.cut;
}

std::filesystem::path Writer::folder() const { return x_thread->record().connection().file().parent_path(); }

Commits Writer::commits() const { return x_thread->commits(); }

async::Task<std::optional<base::Error>> Writer::commit(std::function<bool(Transaction&)>& work, Haste haste) {
  Order order{&work, haste == Haste::alone};
  const auto patience = haste == Haste::can_wait ? longest_wait : base::Milliseconds{0};
  auto enqueue = [&] { x_thread->queue().push(order, patience); };
  co_await order.ticket.wait(x_thread->loop(), enqueue);
  if (!order.ticket.error) x_tally.add(order.tally);
  if (!order.ticket.error && order.newest_change > x_head) {
    x_head = order.newest_change;
    x_news.notify();
  }
  if (order.ticket.thrown) std::rethrow_exception(order.ticket.thrown);
  co_return std::move(order.ticket.error);
}

}  // namespace burstd::store
