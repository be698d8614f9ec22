#include "store/writer.hpp"

#include <sqlite3.h>

#include <atomic>
#include <ctime>
#include <map>
#include <thread>

#include "store/house.hpp"

namespace burstd::store::test {
namespace {

using Stored = base::Result<message::Message>;

TEST(Writer, AnswersOnTheLoopWithWhatIsDurable) {
  const Folder folder;
  House house(folder.options());
  const auto here = std::this_thread::get_id();
  std::thread::id there, back;
  const auto story = [&]() -> async::Task<> {
    auto unit = [&](Transaction& transaction) -> Stored {
      there = std::this_thread::get_id();
      return recording(1)(transaction);
    };
    const auto stored = co_await house.writer.run(unit);
    back = std::this_thread::get_id();
    EXPECT_EQ(stored->id, house.writer.epoch() + "-1");
  };
  house.run(story());
  EXPECT_EQ(back, here);
  EXPECT_NE(there, here);
  const Connection other(folder.file(), Connection::Mode::read);
  EXPECT_TRUE(find_message(other, message::Key{1}));
}

TEST(Writer, TellsOfTheNewestChangeOnceItIsOnDiskAndOfNoneThatWasTakenBack) {
  const Folder folder;
  {
    House house(folder.options());
    EXPECT_EQ(house.writer.head(), 0);
    std::int64_t told = -1;
    const auto listener = [&]() -> async::Task<> {
      co_await house.writer.news().wait();
      told = house.writer.head();
    };
    const auto story = [&]() -> async::Task<> {
      auto refused = [](Transaction& transaction) -> Stored {
        recording(1)(transaction).value();
        return base::malformed("refused", "It is taken back.");
      };
      EXPECT_FALSE(co_await house.writer.run(refused));
      auto nothing = [](Transaction&) -> base::Result<bool> { return true; };
      EXPECT_TRUE(co_await house.writer.run(nothing));
      EXPECT_EQ(house.writer.head(), 0);
      EXPECT_EQ(told, -1);
      auto unit = recording(1);
      EXPECT_TRUE(co_await house.writer.run(unit));
      EXPECT_EQ(house.writer.head(), 1);
    };
    house.scope.spawn(listener());
    house.run(story());
    EXPECT_EQ(told, 1);
  }
  EXPECT_EQ(House(folder.options()).writer.head(), 1);
}

TEST(Writer, AUnitThatRefusesIsTakenBackAloneAmongOthersOfItsCommit) {
  const Folder folder;
  House house(folder.options());
  std::atomic<bool> go = false;
  std::vector<int> kept;
  const auto one = [&](int i) -> async::Task<> {
    auto unit = [&](Transaction& transaction) -> Stored {
      while (!go) std::this_thread::yield();  // until all are queued behind the first
      auto stored = recording(i)(transaction);
      if (i % 3 == 0) return base::malformed("third", "Every third is refused.");
      if (i % 3 == 1) throw std::invalid_argument("thrown");
      return stored;
    };
    try {
      const auto stored = co_await house.writer.run(unit);
      EXPECT_EQ(stored.has_value(), i % 3 == 2);
      if (stored) kept.push_back(i);
      EXPECT_TRUE(stored || stored.error().code == "third");
    } catch (const std::invalid_argument& failure) {
      EXPECT_EQ(i % 3, 1);
    }
    go = true;
  };
  const auto story = [&]() -> async::Task<> {
    for (int i = 0; i < 60; ++i) house.scope.spawn(one(i));
    co_await async::sleep_for(base::Milliseconds{1});
    go = true;
  };
  house.run(story());
  EXPECT_EQ(kept.size(), 20U);
  const auto texts = house.read([](const Connection& connection) {
    std::vector<std::string> found;
    for (const Record& item : list_messages(connection, {}).items) found.push_back(item.message.text);
    return found;
  });
  ASSERT_EQ(texts.size(), 20U);
  EXPECT_EQ(texts.back(), a_message(2).text);
  EXPECT_EQ(texts.front(), a_message(59).text);
  const auto verified = house.read(verify_history);
  EXPECT_EQ(verified.rows, 20);
  EXPECT_FALSE(verified.first_bad) << verified.sentence;
}

TEST(Writer, WhatCanWaitIsOnDiskWithTheNextAndBeforeItOrSoonAlone) {
  const Folder folder;
  House house(folder.options());
  std::vector<int> order;
  const auto one = [&](int name, Haste haste) -> async::Task<> {
    auto unit = [&](Transaction& transaction) -> Stored {
      order.push_back(name);
      return recording(name)(transaction);
    };
    const auto stored = co_await house.writer.run(unit, haste);
    EXPECT_TRUE(stored);
  };
  const auto story = [&]() -> async::Task<> {
    house.scope.spawn(one(1, Haste::can_wait));
    house.scope.spawn(one(2, Haste::now));
    co_await async::sleep_for(base::Milliseconds{50});
    co_await one(3, Haste::can_wait);
  };
  house.run(story());
  EXPECT_EQ(order, (std::vector{1, 2, 3}));
}

TEST(Writer, ALargeUnitThatIsRefusedOrThrowsLeavesNothing) {
  const Folder folder;
  House house(folder.options());
  const auto story = [&]() -> async::Task<> {
    auto refused = [&](Transaction& transaction) -> Stored {
      recording(1)(transaction).value();
      return base::malformed("no", "It is refused.");
    };
    auto thrown = [&](Transaction& transaction) -> Stored {
      recording(2)(transaction).value();
      throw std::invalid_argument("thrown");
    };
    auto kept = recording(3);
    const auto first = co_await house.writer.run(refused, Haste::alone);
    EXPECT_EQ(first.error().code, "no");
    bool was_thrown = false;
    try {
      co_await house.writer.run(thrown, Haste::alone);
    } catch (const std::invalid_argument&) {
      was_thrown = true;
    }
    EXPECT_TRUE(was_thrown);
    const auto last = co_await house.writer.run(kept, Haste::alone);
    EXPECT_TRUE(last);
  };
  house.run(story());
  EXPECT_EQ(house.read([](const Connection& connection) { return list_messages(connection, {}).items.size(); }), 1U);
  EXPECT_FALSE(house.read(verify_history).first_bad);
}

TEST(Writer, TheLogGoesIntoTheFileAndDoesNotGrow) {
  const Folder folder;
  House house(folder.options());
  for (int i = 0; i < 600; ++i) ASSERT_TRUE(house.write(recording(i)));
  const auto log = folder.file().string() + "-wal";
  EXPECT_LT(std::filesystem::file_size(log), 2500U * 4120U) << "of some 8,000 pages that were written";
  EXPECT_GT(std::filesystem::file_size(folder.file()), 300'000U);
}

TEST(Writer, ThousandsInSlicesAreQuick) {
  const Folder folder;
  House house(folder.options());
  const std::clock_t begun = std::clock();  // of the processor: other work on the machine does not count
  for (int slice = 0; slice < 20; ++slice) {
    const auto done = house.write([&](Transaction& transaction) -> base::Result<int> {
      for (int i = 0; i < 500; ++i) recording(slice * 500 + i)(transaction).value();
      return 500;
    });
    ASSERT_TRUE(done);
  }
  EXPECT_LT(std::clock() - begun, 30 * CLOCKS_PER_SEC);
  Filter filter;
  filter.limit = 1;
  const auto newest = house.read([&](const Connection& connection) { return list_messages(connection, filter); });
  EXPECT_EQ(newest.items.at(0).message.key, 10000);
  EXPECT_FALSE(house.read(verify_history).first_bad);
}

TEST(Writer, FinishesWhatIsQueuedWhenItGoes) {
  const Folder folder;
  boost::asio::io_context loop;
  async::Scope scope(loop.get_executor());
  auto unit = recording(1);
  int answered = 0;
  std::optional<Writer> writer;
  writer.emplace(folder.options(), loop.get_executor(), [](const std::string&) {});
  const auto one = [&]() -> async::Task<> {
    const auto stored = co_await writer->run(unit);
    answered += stored ? 1 : 0;
  };
  for (int i = 0; i < 50; ++i) scope.spawn(one());
  loop.poll();  // they are queued now
  writer.reset();
  loop.restart();
  loop.run();
  EXPECT_EQ(answered, 50);
  EXPECT_EQ(scope.size(), 0U);
}

TEST(Writer, TwoOfThemRefuseEachOther) {
  const Folder folder;
  const House house(folder.options());
  EXPECT_THROW(House(folder.options()), std::runtime_error);
}

TEST(Writer, AFullDiskKeepsNothingOfTheCommitAndGoesOnWhenThereIsRoom) {
  const Folder folder;
  House house(folder.options());
  ASSERT_TRUE(house.write(recording(1)));
  const auto narrow = [](Transaction& transaction) -> base::Result<void> {
    transaction.run("PRAGMA max_page_count = 1");
    return {};
  };
  ASSERT_TRUE(house.write(narrow));
  const auto filling = [](Transaction& transaction) -> Stored {
    for (int i = 0; i < 400; ++i) recording(i)(transaction).value();
    return recording(2)(transaction);
  };
  const auto refused = house.write(filling);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "disk-full");
  EXPECT_EQ(refused.error().fault, base::Fault::exhausted);
  EXPECT_EQ(house.read(last_seq), 1);
  const auto widen = [](Transaction& transaction) -> base::Result<void> {
    transaction.run("PRAGMA max_page_count = 1000000");
    return {};
  };
  ASSERT_TRUE(house.write(widen));
  EXPECT_EQ(house.write(recording(2))->key, 2);
  EXPECT_TRUE(house.broken.empty());
  EXPECT_FALSE(house.read(verify_history).first_bad);
}

// A disk whose syncs fail on demand: SQLite's own layer over the system, with one method replaced.
class FailingDisk {
 public:
  FailingDisk() {
    original = sqlite3_vfs_find(nullptr);
    x_layer = *original;
    x_layer.zName = "failing";
    x_layer.xOpen = open;
    sqlite3_vfs_register(&x_layer, 1);
  }
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;
  ~FailingDisk() {
    sqlite3_vfs_unregister(&x_layer);
    sqlite3_vfs_register(original, 1);
    failing = false;
  }

  static inline std::atomic<bool> failing = false;

 private:
  static int open(sqlite3_vfs* layer, const char* name, sqlite3_file* file, int flags, int* given) {
    const int code = original->xOpen(layer, name, file, flags, given);
    if (code != SQLITE_OK || file->pMethods == nullptr) return code;
    const auto [known, fresh] = methods.try_emplace(file->pMethods, *file->pMethods);
    real_sync = fresh ? std::exchange(known->second.xSync, sync) : real_sync.load();
    file->pMethods = &known->second;
    return code;
  }

  static int sync(sqlite3_file* file, int flags) {
    return failing ? SQLITE_IOERR_FSYNC : real_sync.load()(file, flags);
  }

  static inline sqlite3_vfs* original = nullptr;
  static inline std::map<const sqlite3_io_methods*, sqlite3_io_methods> methods;  // a file and its log differ
  static inline std::atomic<int (*)(sqlite3_file*, int)> real_sync = nullptr;
  sqlite3_vfs x_layer{};
};

TEST(Writer, ASyncThatFailsBreaksTheStoreForGood) {
  const Folder folder;
  const FailingDisk disk;
  std::optional<House> house(folder.options());
  ASSERT_TRUE(house->write(recording(1)));
  FailingDisk::failing = true;
  const auto first = house->write(recording(2));
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().code, "store-broken");
  EXPECT_EQ(first.error().fault, base::Fault::unavailable);
  FailingDisk::failing = false;
  int asked = 0;
  const auto second = house->write([&](Transaction&) -> base::Result<int> { return ++asked; });
  EXPECT_EQ(second.error().code, "store-broken");
  EXPECT_EQ(asked, 0);
  EXPECT_NE(house->broken.find("disk"), std::string::npos) << house->broken;
  house.reset();
  House again(folder.options());
  EXPECT_TRUE(again.read([](const Connection& connection) { return find_message(connection, message::Key{1}); }));
  EXPECT_FALSE(again.read(verify_history).first_bad);
}

TEST(Reader, SeesOnlyWhatIsCommittedAndMayNotWrite) {
  const Folder folder;
  House house(folder.options());
  EXPECT_EQ(house.read(last_seq), 0);
  ASSERT_TRUE(house.write(recording(1)));
  EXPECT_EQ(house.read(last_seq), 1);
  EXPECT_THROW(house.read([](const Connection& connection) {
    connection.execute("UPDATE meta SET epoch = 'ABCDEF'");
    return 0;
  }),
               Failure);
  EXPECT_EQ(house.read(last_seq), 1);
}

TEST(Reader, AFailedReadIsThrownOnTheLoopAndLeavesNoSnapshotBehind) {
  const Folder folder;
  House house(folder.options());
  EXPECT_THROW(house.read([](const Connection&) -> int { throw std::out_of_range("not there"); }), std::out_of_range);
  ASSERT_TRUE(house.write(recording(1)));
  EXPECT_EQ(house.read(last_seq), 1);
}

TEST(Reader, WorksBesideTheWriter) {
  const Folder folder;
  House house(folder.options());
  const auto writing = [&](int i) -> async::Task<> {
    auto unit = recording(i);
    const auto stored = co_await house.writer.run(unit);
    EXPECT_TRUE(stored);
  };
  const auto reading = [&]() -> async::Task<> {
    std::int64_t last = 0;
    for (int i = 0; i < 100; ++i) {
      auto unit = [](const Connection& connection) {
        return std::pair{last_seq(connection), queue_depth(connection).waiting};
      };
      const auto [seq, waiting] = co_await house.reader.run(unit);
      EXPECT_EQ(seq, waiting);  // one snapshot
      EXPECT_GE(seq, last);
      last = seq;
    }
  };
  const auto story = [&]() -> async::Task<> {
    for (int i = 0; i < 200; ++i) house.scope.spawn(writing(i));
    house.scope.spawn(reading());
    co_return;
  };
  house.run(story());
  EXPECT_EQ(house.read(last_seq), 200);
}

}  // namespace
}  // namespace burstd::store::test
