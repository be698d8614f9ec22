#include "serial/watch.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "serial/inotify.hpp"

namespace burstd::serial {

namespace {

// A folder may come and go while we look for it; beyond this the one above it has to do.
constexpr int most_steps = 64;

std::string plain_folder(const std::string& folder) {
  std::error_code ignored;
  auto plain = std::filesystem::absolute(folder, ignored).lexically_normal();
  if (!plain.has_filename()) plain = plain.parent_path();
  return plain.string();
}

bool can_be_heard(const std::string& folder, const std::string& name) {
  const auto path = std::filesystem::path(folder) / name;
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored) && ::access(path.c_str(), R_OK) == 0;
}

std::string refusal(const std::string& folder, int number) {
  return "The system does not tell what comes and goes in " + folder + ": " + std::generic_category().message(number) +
         ". Raise fs.inotify.max_user_watches; until then ports are looked for from time to time.";
}

}  // namespace

Watch::Watch(const async::Executor& executor, std::vector<std::string> folders) : x_inotify(executor) {
  std::set<std::string> seen;
  for (const auto& folder : folders) {
    auto plain = plain_folder(folder);
    if (seen.insert(plain).second) x_places.push_back(Place{std::move(plain), {}, {}, -1});
  }
  const auto opened = open_inotify();
  if (!opened) {
    x_refusal = opened.error().sentence;
    return;
  }
  x_inotify.assign(*opened);
  arm();
}

// Every place anew, for the kernel numbers a folder that it knows as before; then what nobody wants any more goes.
void Watch::arm() {
  std::set<int> before;
  std::set<int> after;
  for (Place& place : x_places) {
    before.insert(place.folder);
    settle(place);
    after.insert(place.folder);
  }
  for (const int folder : before) {
    if (folder >= 0 && !after.contains(folder)) forget_folder(x_inotify.native_handle(), folder);
  }
}

void Watch::settle(Place& place) {
  place.heard = place.wanted;
  place.next.clear();
  for (int steps = 0; steps < most_steps && !step(place); ++steps) {
  }
}

// True when the place is as near to its wanted folder as can be.
bool Watch::step(Place& place) {
  const int answer = watch_folder(x_inotify.native_handle(), place.heard);
  if (answer >= 0) {
    place.folder = answer;
    if (place.next.empty() || !can_be_heard(place.heard, place.next)) return true;
    place.heard = place.wanted;  // it has come into being meanwhile
    place.next.clear();
    return false;
  }
  place.folder = -1;
  if (answer == -ENOSPC || answer == -ENOMEM) {
    if (x_refusal.empty()) x_refusal = refusal(place.heard, -answer);
    return true;
  }
  const std::filesystem::path here(place.heard);
  if (!here.has_relative_path()) return true;
  place.next = here.filename().string();
  place.heard = here.parent_path().string();
  return false;
}

bool Watch::concerns(int folder, const std::string& name) const {
  return std::any_of(x_places.begin(), x_places.end(), [&](const Place& place) {
    return place.folder == folder && (place.next.empty() || name.empty() || name == place.next);
  });
}

void Watch::look() {
  bool news = false;
  for (const Notice& notice : read_notices(x_inotify.native_handle())) {
    news = news || notice.folder < 0 || concerns(notice.folder, notice.name);
  }
  if (!news) return;
  arm();
  ++x_changes;
  x_changed.notify();
}

async::Task<> Watch::run() {
  if (!x_refusal.empty()) spdlog::warn("ports: {}", x_refusal);
  while (x_inotify.is_open()) {
    boost::system::error_code failure;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failure);
    co_await x_inotify.async_wait(boost::asio::posix::stream_descriptor::wait_read, token);
    if (failure || x_stopped) co_return;
    look();
  }
}

void Watch::stop() {
  x_stopped = true;
  boost::system::error_code ignored;
  x_inotify.close(ignored);
  x_changed.notify();
}

}  // namespace burstd::serial
