#include "api/process_figures.hpp"

#include <filesystem>
#include <fstream>
#include <string>

namespace burstd::api {

namespace {

constexpr std::int64_t kibi = 1024;

std::optional<std::int64_t> resident_octets() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::int64_t number = 0;
    if (word == "VmRSS:" && status >> number) return number * kibi;
  }
  return std::nullopt;
}

std::optional<std::int64_t> open_descriptors() {
  std::error_code fault;
  const std::filesystem::directory_iterator all("/proc/self/fd", fault);
  if (fault) return std::nullopt;
  return std::distance(begin(all), end(all)) - 1;  // one is that of the look itself
}

}  // namespace

ProcessFigures process_figures() { return {resident_octets(), open_descriptors()}; }

}  // namespace burstd::api
