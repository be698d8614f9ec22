// The truth of a run: what every modem and the network did, one JSON object a line, each line out before
// the next thing happens. tools/sim/README.md is the reference of its events. Tests compare the daemon's
// record with it.
#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "sim/agenda.hpp"
#include "sim/identity.hpp"

namespace burstd::sim {

class Journal {
 public:
  using Watcher = std::function<void(const Identity& who, std::string_view step, std::string_view told)>;
  using Sink = std::function<void(std::string_view line)>;  // a line with its line feed

  Journal(const Agenda& agenda, Sink sink) : x_agenda(agenda), x_sink(std::move(sink)) {}

  void write(const Identity& who, std::string_view event, const boost::json::object& fields = {});

  // A step between two events: nothing is written, but the watcher hears of it, as it does of every event.
  void mark(const Identity& who, std::string_view step, std::string_view told = {});
  void watch(Watcher watcher) { x_watcher = std::move(watcher); }

 private:
  const Agenda& x_agenda;
  Sink x_sink;
  Watcher x_watcher;
};

// Where a real run keeps its journal: appended to, flushed at every line.
class JournalFile {
 public:
  explicit JournalFile(std::string path);  // throws std::runtime_error when it cannot be opened

  base::Result<void> write(std::string_view line);

 private:
  std::string x_path;
  std::ofstream x_file;
};

}  // namespace burstd::sim
