#include "http/listener.hpp"

#include <grp.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "house.hpp"

namespace burstd::http {
namespace {

using testing::Directory;

Options at(const std::string& path) {
  Options options;
  options.socket_path = path;
  return options;
}

mode_t mode_of(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 ? found.st_mode : 0;
}

// A socket file whose owner is gone, as a killed process leaves it.
void leave_stale(const std::string& path) {
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  ASSERT_EQ(::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ::listen(descriptor, 1);
  ::close(descriptor);
  ASSERT_TRUE(S_ISSOCK(mode_of(path)));
}

std::string code_of(const Options& options) {
  const base::Result<Listener> listener = Listener::open(options);
  return listener ? "opened" : listener.error().code;
}

TEST(Listener, MakesTheSocketWithItsModeAndRemovesIt) {
  const Directory directory;
  Options options = at(directory.file("s"));
  options.mode = 0620;
  {
    const base::Result<Listener> listener = Listener::open(options);
    ASSERT_TRUE(listener) << listener.error().sentence;
    EXPECT_EQ(mode_of(options.socket_path), static_cast<mode_t>(S_IFSOCK | 0620));
  }
  EXPECT_FALSE(std::filesystem::exists(options.socket_path));
}

TEST(Listener, GivesTheSocketToItsGroup) {
  const Directory directory;
  const group* own = ::getgrgid(::getgid());
  ASSERT_NE(own, nullptr) << "the group of this process has no name";
  Options options = at(directory.file("s"));
  options.group = own->gr_name;
  const base::Result<Listener> listener = Listener::open(options);
  ASSERT_TRUE(listener) << listener.error().sentence;
  struct stat found {};
  ASSERT_EQ(::stat(options.socket_path.c_str(), &found), 0);
  EXPECT_EQ(found.st_gid, ::getgid());
}

TEST(Listener, AnUnknownGroupIsAnErrorAndLeavesNoFile) {
  const Directory directory;
  Options options = at(directory.file("s"));
  options.group = "no-such-group-here";
  EXPECT_EQ(code_of(options), "socket-group-unknown");
  EXPECT_FALSE(std::filesystem::exists(options.socket_path));
}

TEST(Listener, ReplacesAStaleSocket) {
  const Directory directory;
  const Options options = at(directory.file("s"));
  leave_stale(options.socket_path);
  EXPECT_EQ(code_of(options), "opened");
}

TEST(Listener, LeavesALiveSocketAlone) {
  const Directory directory;
  const Options options = at(directory.file("s"));
  const base::Result<Listener> first = Listener::open(options);
  ASSERT_TRUE(first);
  const base::Result<Listener> second = Listener::open(options);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "socket-in-use");
  EXPECT_NE(second.error().sentence.find("nother burstd is running on " + options.socket_path), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(options.socket_path));
}

TEST(Listener, NeverRemovesWhatIsNoSocket) {
  const Directory directory;
  const Options options = at(directory.file("s"));
  std::ofstream(options.socket_path) << "precious";
  EXPECT_EQ(code_of(options), "socket-path-taken");
  EXPECT_EQ(std::filesystem::file_size(options.socket_path), 8U);
}

TEST(Listener, RemovesOnlyItsOwnFile) {
  const Directory directory;
  const Options options = at(directory.file("s"));
  base::Result<Listener> first = Listener::open(options);
  ASSERT_TRUE(first);
  std::filesystem::remove(options.socket_path);
  const base::Result<Listener> second = Listener::open(options);
  ASSERT_TRUE(second);
  first->remove();
  EXPECT_TRUE(std::filesystem::exists(options.socket_path));
}

TEST(Listener, SaysWhatIsWrongWithAPath) {
  const Directory directory;
  EXPECT_EQ(code_of(at(directory.file("missing/s"))), "socket-directory-missing");
  EXPECT_EQ(code_of(at("relative/s")), "socket-path-invalid");
  EXPECT_EQ(code_of(at("")), "socket-path-invalid");
  EXPECT_EQ(code_of(at(directory.file(std::string(120, 's')))), "socket-path-invalid");
  const base::Result<Listener> listener = Listener::open(at(directory.file("missing/s")));
  EXPECT_NE(listener.error().sentence.find(directory.file("missing")), std::string::npos);
}

TEST(Listener, AdoptsWhatListensAndNothingElse) {
  const Directory directory;
  base::Result<Listener> own = Listener::open(at(directory.file("s")));
  ASSERT_TRUE(own);
  const int descriptor = own->release();
  { EXPECT_TRUE(Listener::adopt(::dup(descriptor))); }
  EXPECT_TRUE(std::filesystem::exists(directory.file("s")));
  ::close(descriptor);

  int pair[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
  EXPECT_EQ(Listener::adopt(pair[0]).error().code, "socket-not-listening");
  EXPECT_EQ(Listener::adopt(-1).error().code, "socket-not-listening");
  ::close(pair[0]);
  ::close(pair[1]);
}

}  // namespace
}  // namespace burstd::http
