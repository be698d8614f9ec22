// A file that is written under a passing name beside its own, for its owner alone, and takes its name when it is whole:
// whoever looks sees the former file or the new one, never half of it. Left alone it goes away.
#pragma once

#include <filesystem>
#include <string_view>

namespace burstd::ctl {

class IncomingFile {
 public:
  // Throws std::runtime_error with a sentence, as all of it does.
  explicit IncomingFile(std::filesystem::path file);
  IncomingFile(const IncomingFile&) = delete;
  IncomingFile& operator=(const IncomingFile&) = delete;
  ~IncomingFile();

  void write(std::string_view octets) const;

  // Under its name, on disk.
  void keep();

  const std::filesystem::path& path() const { return x_passing; }

 private:
  std::filesystem::path x_file, x_passing;
  int x_open;
};

}  // namespace burstd::ctl
