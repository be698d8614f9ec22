#include "ctl/care/holder.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <system_error>

namespace burstd::ctl {

namespace {

namespace fs = std::filesystem;

std::optional<std::int64_t> process_of(const fs::path& folder) {
  const std::string name = folder.filename();
  std::int64_t process = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, fault] = std::from_chars(name.data(), end, process);
  if (fault != std::errc{} || stop != end) return std::nullopt;
  return process;
}

std::string name_of(const fs::path& folder) {
  std::ifstream file(folder / "comm");
  std::string name;
  std::getline(file, name);
  return name.empty() ? "a program" : name;
}

enum class Sight : std::uint8_t { holds, holds_not, refused };

// Whether one of its descriptors is the port. A process that ended meanwhile has none.
Sight look_into(const fs::path& folder, const fs::path& port) {
  std::error_code failure;
  Sight seen = Sight::holds_not;
  for (fs::directory_iterator at(folder / "fd", failure), end; !failure && at != end; at.increment(failure)) {
    std::error_code unread;
    if (fs::read_symlink(at->path(), unread) == port) return Sight::holds;
    if (unread == std::errc::permission_denied) seen = Sight::refused;
  }
  return failure == std::errc::permission_denied ? Sight::refused : seen;
}

}  // namespace

Holders holders_of(const fs::path& port, const fs::path& proc) {
  Holders holders;
  std::error_code failure;
  const fs::path real = fs::weakly_canonical(port, failure);
  if (failure) return holders;
  for (fs::directory_iterator at(proc, failure), end; !failure && at != end; at.increment(failure)) {
    const auto process = process_of(at->path());
    const Sight seen = process ? look_into(at->path(), real) : Sight::holds_not;
    if (seen == Sight::holds) holders.found.push_back(Holder{*process, name_of(at->path())});
    if (seen == Sight::refused) holders.all_seen = false;
  }
  std::ranges::sort(holders.found, {}, &Holder::process);
  return holders;
}

std::string in_words(const Holders& holders) {
  std::string names;
  for (const Holder& holder : holders.found) {
    names += (names.empty() ? "" : " and ") + holder.name + " (process " + std::to_string(holder.process) + ")";
  }
  if (!names.empty()) return "The port is held by " + names + ".";
  return holders.all_seen ? "No process holds the port now." : "Ask again as root to see which program holds the port.";
}

}  // namespace burstd::ctl
