// The disk under the record: whether something new may be accepted, whether anything may be sent, and the ballast, a
// file that is given up when the disk is full so that what is under way can still be recorded. The writer tells it when
// a commit found no room, gateway has it look now and then. For any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

#include "store/options.hpp"

namespace burstd::store {

enum class Room : std::uint8_t {
  ample,
  low,   // nothing new is accepted; what waits goes on
  full,  // nothing is sent either
};

class Disk {
 public:
  using Measure = std::function<std::uint64_t()>;  // free octets

  explicit Disk(const Options& options);
  Disk(const Options& options, Measure measure);
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  // Measures, and makes the ballast anew where there is room for it.
  void look();

  // A commit found no room: the ballast goes.
  void ran_full();

  Room room() const { return x_room; }
  std::uint64_t free() const { return x_free; }
  bool runs_low() const { return x_free < 2 * x_options.low_disk; }  // soon
  std::string sentence() const;  // what is wrong and what to do; empty: there is ample room

 private:
  std::filesystem::path ballast_file() const;
  bool has_ballast() const;
  void drop_ballast() const;
  void make_ballast() const;

  const Options x_options;
  const Measure x_measure;
  std::mutex x_changing;  // of the ballast
  std::atomic<Room> x_room = Room::ample;
  std::atomic<std::uint64_t> x_free = 0;
};

}  // namespace burstd::store
