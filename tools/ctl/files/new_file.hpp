// A file that is written under a passing name beside its own and takes its name when it is whole and on disk: whoever
// looks sees the former file or the new one, never half of it, also after a power cut. Until then it is for its owner
// alone. Left alone it goes away; what a killed process left of one is removed by the next. Errors are thrown as
// std::runtime_error with a sentence.
#pragma once

#include <filesystem>
#include <string_view>

namespace burstd::ctl {

class NewFile {
 public:
  // What exists and is no plain file is refused, too.
  explicit NewFile(std::filesystem::path file);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  void write(std::string_view octets) const;

  // Under its name, on disk. `mode` as chmod takes it, whatever the mode of the former file was.
  void keep(unsigned mode = owner_only);

  // Where it is until then, and open for another process to write into.
  const std::filesystem::path& path() const { return x_passing; }
  int descriptor() const { return x_open; }

 private:
  static constexpr unsigned owner_only = 0600;

  std::filesystem::path x_file, x_passing;
  int x_open;
};

}  // namespace burstd::ctl
