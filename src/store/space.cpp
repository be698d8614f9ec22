#include "store/space.hpp"

#include <array>
#include <limits>
#include <system_error>

namespace burstd::store {

std::uint64_t free_space(const std::filesystem::path& folder) {
  std::error_code fault;
  const auto disk = std::filesystem::space(folder, fault);
  return fault ? std::numeric_limits<std::uint64_t>::max() : disk.available;
}

std::string in_mib(std::uint64_t octets) { return std::to_string(octets >> 20U) + " MiB"; }

std::optional<Space> space_of(const std::filesystem::path& folder) {
  std::error_code fault;
  const auto disk = std::filesystem::space(folder, fault);
  if (fault) return std::nullopt;
  Space space{0, disk.available, disk.capacity};
  for (const char* name : std::array{"burstd.db", "burstd.db-wal"}) {
    const auto size = std::filesystem::file_size(folder / name, fault);
    if (!fault) space.record += size;
  }
  return space;
}

}  // namespace burstd::store
