// A process that dies: what was promised is there afterwards, what was not is whole or absent.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

#include "store/house.hpp"

namespace burstd::store::test {
namespace {

// Runs `life` in a process of its own, which ends by SIGKILL or, when `life` returns, by status 1.
template <class Life>
int die(const Life& life) {
  const pid_t child = ::fork();
  if (child == 0) {
    life();
    ::_exit(1);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

void kill_self() { ::kill(::getpid(), SIGKILL); }

TEST(Crash, WhatWasPromisedIsKept) {
  const Folder folder;
  const int signal = die([&] {
    House house(folder.options());
    for (int i = 1; i <= 20; ++i) {
      if (!house.write(recording(i))) return;
    }
    kill_self();
  });
  ASSERT_EQ(signal, SIGKILL);
  House house(folder.options());
  EXPECT_EQ(house.read(last_seq), 20);
  EXPECT_FALSE(house.read(verify_history).first_bad);
  EXPECT_EQ(house.write(recording(21))->key, 21);
}

TEST(Crash, AUnitThatWasInterruptedLeavesNothing) {
  const Folder folder;
  const int signal = die([&] {
    House house(folder.options());
    if (!house.write(recording(1))) return;
    house.write([&](Transaction& transaction) -> base::Result<message::Message> {
      for (int i = 2; i <= 3000; ++i) recording(i)(transaction).value();  // far more than the page cache holds
      kill_self();
      return recording(9)(transaction);
    });
  });
  ASSERT_EQ(signal, SIGKILL);
  House house(folder.options());
  EXPECT_EQ(house.read(last_seq), 1);
  EXPECT_FALSE(house.read(verify_history).first_bad);
  EXPECT_EQ(house.write(recording(2))->key, 2);
}

TEST(Crash, AtAnyMomentThePromisedIsAPrefixOfTheRecord) {
  for (int round = 1; round <= 8; ++round) {
    const Folder folder;
    std::array<int, 2> promises{};
    ASSERT_EQ(::pipe(promises.data()), 0);
    const int signal = die([&] {
      House house(folder.options());
      ::alarm(5);
      for (int i = 1;; ++i) {
        if (!house.write(recording(i))) return;
        if (::write(promises[1], "p", 1) != 1) return;
        if (i == round * 3) std::thread([&] { ::usleep(500), kill_self(); }).detach();
      }
    });
    ::close(promises[1]);
    ASSERT_EQ(signal, SIGKILL);
    std::int64_t promised = 0;
    for (char one = 0; ::read(promises[0], &one, 1) == 1;) ++promised;
    ::close(promises[0]);
    House house(folder.options());
    const auto last = house.read(last_seq);
    EXPECT_GE(last, promised);
    EXPECT_LE(last, promised + 1);
    EXPECT_FALSE(house.read(verify_history).first_bad);
  }
}

}  // namespace
}  // namespace burstd::store::test
