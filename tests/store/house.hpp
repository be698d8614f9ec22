// A writer and a reader over a record in a temporary folder, and a loop that runs until their answer is there.
// Used by the tests of the store's threads.
#pragma once

#include <boost/asio/io_context.hpp>
#include <optional>
#include <utility>

#include "async/scope.hpp"
#include "store/desk.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"

namespace burstd::store::test {

class House {
 public:
  explicit House(const Options& options)
      : writer(options, loop.get_executor(), [this](const std::string& why) { broken = why; }),
        reader(options, loop.get_executor()) {}

  template <class Unit>
  auto write(Unit unit) {
    return answer_of([&] { return writer.run(unit); });
  }

  template <class Unit>
  auto read(Unit unit) {
    return answer_of([&] { return reader.run(unit); });
  }

  // Runs the story and all that it spawns in `scope`; throws what they throw.
  void run(async::Task<> story) {
    scope.spawn(std::move(story));
    loop.restart();
    loop.run();
    std::exception_ptr failure;
    async::Scope parent(loop.get_executor());
    const auto join = [&]() -> async::Task<> {
      try {
        co_await scope.join();
      } catch (...) {
        failure = std::current_exception();
      }
    };
    parent.spawn(join());
    loop.restart();
    loop.run();
    if (failure) std::rethrow_exception(failure);
  }

  boost::asio::io_context loop;
  async::Scope scope{loop.get_executor()};
  std::string broken;  // read it after the writer has answered for the break
  Writer writer;
  Reader reader;

 private:
  template <class Ask>
  auto answer_of(const Ask& ask) {
    using Answer = typename decltype(ask())::value_type;
    std::optional<Answer> answer;
    const auto story = [&]() -> async::Task<> {
      auto asked = ask();
      auto given = co_await std::move(asked);
      answer.emplace(std::move(given));
    };
    run(story());
    return std::move(*answer);
  }
};

// A unit that records message number `i`, as the ledger does.
inline auto recording(int i) {
  return [i](Transaction& transaction) -> base::Result<message::Message> {
    auto progress = a_progress();
    progress.change_seq = last_seq(transaction) + 1;
    auto stored = insert_message(transaction, a_message(i), progress, "d");
    append_history(transaction, a_change(stored.key));
    return stored;
  };
}

}  // namespace burstd::store::test
