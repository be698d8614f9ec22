// How far the record was, kept beside it: the number of its last change and its epoch, in a small file of the same
// folder. Whoever puts an older file in the record's place does not put this one back, so that the next start sees it.
// Written after each commit and not flushed: after a power cut it may be behind the record, never ahead of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "store/files.hpp"

namespace burstd::store {

struct Head {
  std::int64_t seq = 0;
  std::string epoch;
};

class HeadFile {
 public:
  // Made where there is none. Throws std::runtime_error with a sentence.
  explicit HeadFile(const std::filesystem::path& folder);

  // As it stood when this was opened; nothing: it was not there, or says nothing.
  const std::optional<Head>& found() const { return x_found; }

  // What the disk does not take is said at the next commit.
  void write(const Head& head) const;

  // The same, on disk: before the first commit, so that a power cut never leaves a record beside nothing.
  void write_through(const Head& head) const;

 private:
  Descriptor x_file;
  std::optional<Head> x_found;
};

// Without making one.
std::optional<Head> head_beside(const std::filesystem::path& folder);

}  // namespace burstd::store
