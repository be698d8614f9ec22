#include "sim/journal.hpp"

#include <stdexcept>
#include <utility>

namespace burstd::sim {

void Journal::write(const Identity& who, std::string_view event, const boost::json::object& fields) {
  boost::json::object line;
  line["at"] = base::to_millis(x_agenda.now().wall);
  line["modem"] = who.name;
  line["imsi"] = who.imsi;
  line["event"] = event;
  for (const auto& field : fields) line[field.key()] = field.value();
  const std::string text = boost::json::serialize(line);
  x_sink(text + "\n");
  mark(who, event, text);
}

void Journal::mark(const Identity& who, std::string_view step, std::string_view told) {
  if (x_watcher) x_watcher(who, step, told);
}

JournalFile::JournalFile(std::string path) : x_path(std::move(path)), x_file(x_path, std::ios::app | std::ios::binary) {
  if (!x_file) throw std::runtime_error("The journal " + x_path + " cannot be opened for writing.");
}

base::Result<void> JournalFile::write(std::string_view line) {
  x_file.write(line.data(), static_cast<std::streamsize>(line.size())).flush();
  if (x_file) return {};
  return base::Error{base::Fault::broken, "journal-failed",
                     "The journal " + x_path + " cannot be written; is the disk full?"};
}

}  // namespace burstd::sim
