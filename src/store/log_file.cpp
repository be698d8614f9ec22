#include "store/log_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "store/files.hpp"

namespace burstd::store {

namespace {

// False when the disk took less than that.
bool write_zeros(int file, std::int64_t begin, std::int64_t end) {
  static constexpr std::array<char, 1 << 16> zeros{};
  while (begin < end) {
    const auto size = static_cast<std::size_t>(std::min<std::int64_t>(zeros.size(), end - begin));
    const auto written = ::pwrite(file, zeros.data(), size, begin);
    if (written <= 0) return false;
    begin += written;
  }
  return ::fsync(file) == 0;
}

}  // namespace

void lay_out_log(const std::filesystem::path& record) {
  const int number = ::open((record.string() + "-wal").c_str(), O_WRONLY | O_CLOEXEC);
  if (number < 0) return;
  const Descriptor log(number);
  struct stat found {};
  if (::fstat(number, &found) != 0 || write_zeros(number, found.st_size, laid_out)) return;
  [[maybe_unused]] const int shortened = ::ftruncate(number, found.st_size);
}

}  // namespace burstd::store
