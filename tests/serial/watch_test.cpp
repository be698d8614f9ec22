#include "serial/watch.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <optional>

#include "async/scope.hpp"

namespace burstd::serial {
namespace {

namespace fs = std::filesystem;

class WatchTest : public testing::Test {
 protected:
  WatchTest() {
    std::string name = (fs::temp_directory_path() / "burstd-watch-XXXXXX").string();
    home = ::mkdtemp(name.data());
  }

  ~WatchTest() override {
    if (watch) watch->stop();
    turn();
    fs::remove_all(home);
  }

  void hear(std::vector<std::string> folders) {
    watch.emplace(loop.get_executor(), std::move(folders));
    scope.spawn(watch->run());
    turn();
  }

  void turn() {
    loop.restart();
    loop.run_for(std::chrono::milliseconds{30});
  }

  // Whether it was notified of what this does.
  bool hears(const std::function<void()>& act) {
    const auto before = watch->changes();
    act();
    turn();
    return watch->changes() != before;
  }

  static void touch(const fs::path& file) { std::ofstream(file) << "text"; }

  fs::path home;
  boost::asio::io_context loop;
  async::Scope scope{loop.get_executor()};
  std::optional<Watch> watch;
};

TEST_F(WatchTest, hears_a_file_come_move_change_its_mode_and_go) {
  hear({home.string()});
  EXPECT_TRUE(hears([&] { touch(home / "ttyUSB0"); }));
  EXPECT_TRUE(hears([&] { fs::permissions(home / "ttyUSB0", fs::perms::all); }));
  EXPECT_TRUE(hears([&] { fs::rename(home / "ttyUSB0", home / "ttyUSB1"); }));
  EXPECT_TRUE(hears([&] { fs::remove(home / "ttyUSB1"); }));
  EXPECT_FALSE(hears([] {}));
}

TEST_F(WatchTest, is_silent_about_what_is_only_read_or_written) {
  touch(home / "ttyUSB0");
  hear({home.string()});
  EXPECT_FALSE(hears([&] { touch(home / "ttyUSB0"); }));
  EXPECT_FALSE(hears([&] { std::ifstream(home / "ttyUSB0").get(); }));
}

TEST_F(WatchTest, hears_in_a_folder_that_comes_later) {
  hear({(home / "serial/by-id/").string()});
  EXPECT_FALSE(hears([&] { touch(home / "other"); }));
  EXPECT_TRUE(hears([&] { fs::create_directory(home / "serial"); }));
  EXPECT_TRUE(hears([&] { fs::create_directory(home / "serial/by-id"); }));
  EXPECT_TRUE(hears([&] { touch(home / "serial/by-id/stick"); }));
  EXPECT_FALSE(hears([&] { touch(home / "another"); }));
}

TEST_F(WatchTest, misses_nothing_of_folders_that_come_at_once) {
  hear({(home / "a/b/c").string()});
  EXPECT_TRUE(hears([&] { fs::create_directories(home / "a/b/c"); }));
  EXPECT_TRUE(hears([&] { touch(home / "a/b/c/stick"); }));
}

TEST_F(WatchTest, stays_with_a_folder_that_goes_and_comes_back) {
  const auto folder = home / "serial";
  fs::create_directory(folder);
  hear({folder.string()});
  EXPECT_TRUE(hears([&] { fs::remove_all(folder); }));
  EXPECT_TRUE(hears([&] { fs::create_directory(folder); }));
  EXPECT_TRUE(hears([&] { touch(folder / "stick"); }));
  EXPECT_TRUE(hears([&] { fs::rename(folder, home / "elsewhere"); }));
  EXPECT_FALSE(hears([&] { touch(home / "elsewhere/stick2"); }));
  EXPECT_TRUE(hears([&] { fs::create_directory(folder); }));
  EXPECT_TRUE(hears([&] { touch(folder / "stick"); }));
}

TEST_F(WatchTest, hears_every_one_of_its_folders) {
  fs::create_directory(home / "a");
  fs::create_directory(home / "b");
  hear({(home / "a").string(), (home / "b").string(), (home / "a").string(), (home / "a/c").string()});
  EXPECT_TRUE(hears([&] { touch(home / "a/stick"); }));
  EXPECT_TRUE(hears([&] { touch(home / "b/stick"); }));
  EXPECT_TRUE(hears([&] { fs::create_directory(home / "a/c"); }));
  EXPECT_TRUE(hears([&] { touch(home / "a/c/stick"); }));
}

TEST_F(WatchTest, keeps_what_happened_before_it_ran) {
  watch.emplace(loop.get_executor(), std::vector<std::string>{home.string()});
  touch(home / "ttyUSB0");
  scope.spawn(watch->run());
  turn();
  EXPECT_EQ(watch->changes(), 1U);
}

TEST_F(WatchTest, wakes_who_waits_at_a_change_and_when_it_is_stopped) {
  hear({home.string()});
  int woken = 0;
  auto waiting = [&]() -> async::Task<> {
    for (; woken < 2; ++woken) co_await watch->changed().wait();
  };
  scope.spawn(waiting());
  turn();
  EXPECT_TRUE(hears([&] { touch(home / "ttyUSB0"); }));
  EXPECT_EQ(woken, 1);
  watch->stop();
  watch->stop();
  turn();
  EXPECT_EQ(woken, 2);
  EXPECT_EQ(scope.size(), 0U);
}

TEST_F(WatchTest, ends_at_once_when_the_system_refuses_it) {
  const boost::asio::posix::stream_descriptor first(loop.get_executor());  // what the loop opens for itself
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit none = before;
  none.rlim_cur = 0;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  watch.emplace(loop.get_executor(), std::vector<std::string>{home.string()});
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  scope.spawn(watch->run());
  turn();
  EXPECT_EQ(scope.size(), 0U);
  watch->stop();
}

}  // namespace
}  // namespace burstd::serial
