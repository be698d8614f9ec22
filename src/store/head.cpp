#include "store/head.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace burstd::store {

namespace {

constexpr std::size_t seq_digits = 19, epoch_letters = 6, line_size = seq_digits + 1 + epoch_letters + 1;

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "burstd.head"; }

std::optional<Head> read(int file) {
  std::array<char, line_size> line{};
  if (::pread(file, line.data(), line.size(), 0) != static_cast<ssize_t>(line.size())) return std::nullopt;
  const std::string text(line.data(), line.size());
  const std::string number = text.substr(0, seq_digits);
  const bool sound =
      number.find_first_not_of("0123456789") == std::string::npos && text[seq_digits] == ' ' && text.back() == '\n';
  if (!sound) return std::nullopt;
  return Head{std::stoll(number), text.substr(seq_digits + 1, epoch_letters)};
}

int opened(const std::filesystem::path& file) {
  ensure_file(file);
  return ::open(file.c_str(), O_RDWR | O_CLOEXEC);
}

}  // namespace

HeadFile::HeadFile(const std::filesystem::path& folder)
    : x_file(opened(file_in(folder))), x_found(read(x_file.number())) {}

void HeadFile::write(const Head& head) const {
  std::array<char, line_size + 1> line{};
  std::snprintf(line.data(), line.size(), "%019lld %.6s\n", static_cast<long long>(head.seq), head.epoch.c_str());
  [[maybe_unused]] const auto written = ::pwrite(x_file.number(), line.data(), line_size, 0);
}

void HeadFile::write_through(const Head& head) const {
  write(head);
  if (::fsync(x_file.number()) == 0) return;
  throw std::runtime_error("Could not write burstd.head beside the record to the disk. Check the disk.");
}

std::optional<Head> head_beside(const std::filesystem::path& folder) {
  const int number = ::open(file_in(folder).c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0) return std::nullopt;
  const Descriptor file(number);
  return read(file.number());
}

}  // namespace burstd::store
