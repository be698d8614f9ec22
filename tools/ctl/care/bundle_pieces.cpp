#include "ctl/care/bundle_pieces.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "base/mask.hpp"
#include "config/masking.hpp"
#include "ctl/care/bundle_mask.hpp"
#include "ctl/care/holder.hpp"
#include "modem/trace.hpp"
#include "serial/bus.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t longest_file = 1UL << 20U;

// Its beginning, where it is long.
std::string content_of(const std::filesystem::path& file, std::size_t most = longest_file) {
  std::ifstream in(file, std::ios::binary);
  std::string content(most, '\0');
  in.read(content.data(), static_cast<std::streamsize>(most));
  content.resize(static_cast<std::size_t>(in.gcount()));
  return content;
}

struct Close {
  void operator()(std::FILE* pipe) const { ::pclose(pipe); }
};

// Of a command that is fixed here.
std::string output_of(const char* command) {
  const std::unique_ptr<std::FILE, Close> pipe(::popen(command, "r"));
  std::string out;
  std::array<char, 4096> some{};
  while (pipe) {
    const std::size_t count = std::fread(some.data(), 1, some.size(), pipe.get());
    if (count == 0) break;
    out.append(some.data(), count);
  }
  return out;
}

std::uint32_t big_endian(const std::string& head, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t octet = 0; octet < 4; ++octet) value = value << 8U | static_cast<unsigned char>(head[at + octet]);
  return value;
}

// A mistyped option repeats what was typed, which may be a PIN.
std::string without_pins(const std::string& sentence) {
  return base::without_numbers(sentence, {.shortest = 4, .shown = 0});
}

}  // namespace

std::string system_piece() {
  utsname system{};
  ::uname(&system);
  std::string piece =
      fmt::format("burstctl {}\n{} {} {}\n\n", BURSTD_VERSION, system.sysname, system.release, system.machine);
  piece += content_of("/etc/os-release") + "\n";
  for (const char* file : {"/proc/loadavg", "/proc/uptime", "/proc/meminfo"})
    piece += fmt::format("{}\n{}\n", file, content_of(file));
  return piece;
}

std::string configuration_piece(const std::string& file) {
  std::string piece = fmt::format("# {}, with what is secret kept back\n", file) + config::masked_document(file);
  const auto loaded = config::load(file);
  piece += "\n# What burstctl config check says\n";
  for (auto complaint : loaded.complaints) {
    complaint.sentence = without_pins(complaint.sentence);
    piece += "# " + config::to_string(complaint) + "\n";
  }
  for (const auto& warning : loaded.warnings) piece += "# " + config::to_warning(warning) + "\n";
  return without_long_numbers(piece);
}

std::string drivers_piece(const config::DriverFolders& folders) {
  std::string piece;
  for (const auto& folder : {folders.installed, folders.local}) {
    piece += folder.string() + "\n";
    std::error_code fault;
    for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
      piece += "  " + entry.path().filename().string() + "\n";
      if (folder == folders.local) piece += content_of(entry.path()) + "\n";
    }
    if (fault) piece += "  cannot be read: " + fault.message() + "\n";
  }
  return without_long_numbers(piece);
}

std::string ports_piece(const std::string& sysfs, const std::string& devices) {
  std::string piece = "On the USB bus\n";
  for (const auto& device : serial::devices({sysfs, devices})) {
    piece += fmt::format("  {} {} {} {}{}\n", device.socket, device.id, device.maker, device.product,
                         device.has_port ? "" : " (no serial port)");
  }
  piece += "\nSerial ports\n";
  for (const auto& port : serial::candidates({sysfs, devices})) {
    piece += fmt::format("  {} {} interface {} {}\n", port.path, port.usb ? port.usb->id : "",
                         port.usb ? port.usb->interface : "", in_words(holders_of(port.path)));
  }
  return without_long_numbers(piece);
}

std::string record_piece(const std::string& folder) {
  constexpr std::size_t head_size = 100, pages_at = 28, version_at = 60, application_at = 68;
  const std::filesystem::path file = std::filesystem::path(folder) / "burstd.db";
  const std::string head = content_of(file, head_size);
  if (head.size() < head_size) return file.string() + " cannot be read by this user; run it as root.\n";
  std::error_code fault;
  const auto version = big_endian(head, version_at);
  std::string piece = fmt::format("application_id {:08x}\nversion of the tables {}\npages {}\n",
                                  big_endian(head, application_at), version, big_endian(head, pages_at));
  if (version == 0) piece = "So young that its head is in burstd.db-wal only.\n";
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
    std::error_code gone;
    piece += fmt::format("{} {} octets\n", entry.path().filename().string(), entry.file_size(gone));
  }
  const auto space = std::filesystem::space(folder, fault);
  if (!fault) piece += fmt::format("disk: {} MiB, {} MiB free\n", space.capacity >> 20U, space.available >> 20U);
  return piece;
}

// A daemon with --unsafe-trace has written PDUs.
std::string journal_piece() {
  const std::string lines = output_of("journalctl -u burstd -n 3000 --no-pager -o short-iso 2>&1 </dev/null");
  if (lines.empty()) return "There is no journal here.\n";
  std::string piece;
  std::istringstream from(lines);
  for (std::string line; std::getline(from, line);) piece += without_long_numbers(modem::masked(line)) + "\n";
  return piece;
}

}  // namespace burstd::ctl
