// Where a list goes on, as an opaque text that names the record it belongs to. A cursor of another record (after a
// restore) is told apart, so that no client skips what it has not seen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace burstd::api {

// Which list it is of, and so what its number counts.
enum class Track : char {
  items = 'i',
  changes = 'c',
  batches = 'b',
  rows = 'r',
  replies = 'p',
  reply_changes = 'q',
  opt_outs = 'o',
  calls = 'l',
  audit = 'a',
  templates = 't',
  groups = 'g',
  modems = 'm',
};

struct Cursor {
  Track track;
  std::int64_t position;
  std::optional<base::Time> at = {};  // of the first page, where the order depends on it
  std::string name = {};              // of the last on the page before, where the list goes by names
};

std::string write_cursor(const Cursor& cursor, std::string_view epoch);

// Fails with "cursor-invalid", or with "resync" when it is of another epoch.
base::Result<Cursor> read_cursor(std::string_view text, std::string_view epoch);

}  // namespace burstd::api
