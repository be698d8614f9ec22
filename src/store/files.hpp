// The record's files and who may touch them: the folder, the lock that keeps a second daemon out, modes and
// durable renames. Everything here belongs to burstd's user alone (0600). Throws std::runtime_error with a
// sentence that says what to do.
#pragma once

#include <filesystem>
#include <string>

#include "store/options.hpp"

namespace burstd::store {

// A file descriptor that is closed once.
class Descriptor {
 public:
  explicit Descriptor(int number) : x_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  int number() const { return x_number; }

 private:
  int x_number;
};

// An open file that may be passed on by value: each copy is a descriptor of its own.
class OpenFile {
 public:
  explicit OpenFile(int number) : x_descriptor(number) {}
  OpenFile(const OpenFile& other);
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() = default;

  int number() const { return x_descriptor.number(); }

 private:
  Descriptor x_descriptor;
};

// What was written to it is on disk then.
void synchronise(const std::filesystem::path& file);

// Held as long as it lives; the kernel lets go of it when the process dies, however it dies.
class Lock {
 public:
  explicit Lock(const std::filesystem::path& folder);

 private:
  Descriptor x_file;
};

std::filesystem::path file_of(const Options& options);

// The folder exists and may be written.
void check_folder(const std::filesystem::path& folder);

// An empty file of mode 0600 when there is none yet; SQLite gives its other files the same mode.
void ensure_file(const std::filesystem::path& file);

// Mode 0600.
void make_private(const std::filesystem::path& file);

// Puts `from` in the place of `to`; survives a power cut whole or not at all.
void replace_durably(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace burstd::store
