#include "store/disk.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "store/files.hpp"
#include "store/space.hpp"

namespace burstd::store {

namespace {

// Below this the next commit may find no room: the log beside the record is laid out, but may have to grow.
constexpr std::uint64_t last_room = 2UL << 20;

}  // namespace

Disk::Disk(const Options& options) : Disk(options, [folder = options.folder] { return free_space(folder); }) {}

Disk::Disk(const Options& options, Measure measure) : x_options(options), x_measure(std::move(measure)) {
  std::error_code ignored;
  if (!has_ballast()) std::filesystem::remove(ballast_file(), ignored);  // of another size than is wanted now
  look();
}

std::filesystem::path Disk::ballast_file() const { return x_options.folder / "burstd.ballast"; }

bool Disk::has_ballast() const {
  std::error_code missing;
  return std::filesystem::file_size(ballast_file(), missing) == x_options.ballast && !missing;
}

void Disk::drop_ballast() const {
  std::error_code ignored;
  if (std::filesystem::remove(ballast_file(), ignored))
    spdlog::warn("the ballast of {} is given up, so that what is under way can be recorded", in_mib(x_options.ballast));
}

void Disk::make_ballast() const {
  try {
    ensure_file(ballast_file());
    const Descriptor file(::open(ballast_file().c_str(), O_RDWR | O_CLOEXEC));
    if (::posix_fallocate(file.number(), 0, static_cast<off_t>(x_options.ballast)) == 0) return;
  } catch (const std::runtime_error& failure) {
    spdlog::warn("there is no ballast on the disk: {}", failure.what());
  }
  std::error_code ignored;
  std::filesystem::remove(ballast_file(), ignored);
}

// Full until the ballast could be made again, so that sending does not begin anew for every octet that somebody frees.
void Disk::look() {
  const std::scoped_lock lock(x_changing);
  x_free = x_measure();
  const bool keeps_ballast = x_options.ballast > 0;
  if (x_free < last_room) {
    if (keeps_ballast) drop_ballast();
    x_room = Room::full;
    return;
  }
  const std::uint64_t again = x_options.ballast + 2 * last_room;
  if (keeps_ballast && !has_ballast() && x_free >= again) {
    make_ballast();
    x_free = x_measure();
  }
  const bool stays_full = x_room == Room::full && (keeps_ballast ? !has_ballast() : x_free < again);
  if (stays_full) return;
  x_room = x_free < x_options.low_disk ? Room::low : Room::ample;
}

void Disk::ran_full() {
  const std::scoped_lock lock(x_changing);
  x_room = Room::full;
  if (x_options.ballast > 0) drop_ballast();
}

std::string Disk::sentence() const {
  const std::string disk = "The disk that holds " + x_options.folder.string();
  const std::string has = " (" + in_mib(x_free) + " free)";
  switch (x_room) {
    case Room::full:
      return disk + " is full" + has + ": nothing is sent until there is room. Free some space there.";
    case Room::low:
      return disk + " is nearly full" + has + ", and new messages are refused below " + in_mib(x_options.low_disk) +
             ". Free some space there; what waits is still sent.";
    case Room::ample:
      break;
  }
  return "";
}

}  // namespace burstd::store
