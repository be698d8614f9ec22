// The write-ahead log's place on the disk, laid out before it is needed: to flush what overwrites blocks takes half the
// time of flushing what makes the file longer, and a flush stands before each Ctrl-Z.
#pragma once

#include <cstdint>
#include <filesystem>

namespace burstd::store {

inline constexpr std::int64_t laid_out = 8 << 20;  // octets: twice what the log grows to before it is emptied

// Zeros behind the end of the log of this record, up to `laid_out`; SQLite takes them for the end of what was written.
// A full disk leaves the log as it was: it grows then as it needs to.
void lay_out_log(const std::filesystem::path& record);

}  // namespace burstd::store
