#include "serial/sysfs.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "base/utf8.hpp"

namespace burstd::serial {

namespace {

constexpr std::size_t digits_of_a_key = 8;

bool is_control(char octet) { return static_cast<unsigned char>(octet) < 0x20 || octet == 0x7F; }
bool is_digit(char octet) { return octet >= '0' && octet <= '9'; }

}  // namespace

std::string attribute(const std::filesystem::path& folder, const char* name) {
  std::ifstream file(folder / name);
  std::string line;
  std::getline(file, line);
  const auto first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  line = line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
  if (!base::is_utf8(line) || std::any_of(line.begin(), line.end(), is_control)) return {};
  return line;
}

bool holds(const std::filesystem::path& folder, const char* name) {
  std::error_code ignored;
  return std::filesystem::exists(folder / name, ignored);
}

std::vector<std::string> entries(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  for (std::filesystem::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
    names.push_back(at->path().filename().string());
  }
  return names;
}

std::filesystem::path real_path(const std::filesystem::path& path) {
  std::error_code failure;
  auto found = std::filesystem::canonical(path, failure);
  return failure ? std::filesystem::path{} : found;
}

std::string natural_key(const std::string& name) {
  std::string key;
  for (std::size_t at = 0; at < name.size();) {
    std::size_t end = at;
    while (end < name.size() && is_digit(name[end])) ++end;
    if (end == at) {
      key.push_back(name[at++]);
      continue;
    }
    key.append(digits_of_a_key - std::min(end - at, digits_of_a_key), '0');
    key.append(name, at, end - at);
    at = end;
  }
  return key;
}

std::int64_t born_at(const std::filesystem::path& path) {
  constexpr std::int64_t second = 1'000'000'000;
  struct statx found {};
  const int answer = ::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_BTIME, &found);
  if (answer != 0 || (found.stx_mask & STATX_BTIME) == 0) return 0;
  return found.stx_btime.tv_sec * second + found.stx_btime.tv_nsec;
}

int write_attribute(const std::filesystem::path& file, const char* value) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const bool written = ::write(descriptor, value, std::strlen(value)) >= 0;
  const int trouble = written ? 0 : errno;
  ::close(descriptor);
  return trouble;
}

}  // namespace burstd::serial
