#include "app/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <syslog.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/log_kinds.hpp"
#include "app/log_rate.hpp"
#include "async/task.hpp"
#include "base/mask.hpp"

namespace burstd::app {

namespace {

constexpr std::string_view port_line = "port ";  // of a trace: never too many

// Standard error goes to the journal when it is the very stream that systemd made for it.
bool is_journal() {
  const char* const stream = std::getenv("JOURNAL_STREAM");
  struct stat told {};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &told) != 0) return false;
  return fmt::format("{}:{}", told.st_dev, told.st_ino) == stream;
}

int priority_of(spdlog::level::level_enum level) {
  static constexpr std::array priorities{LOG_DEBUG, LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERR, LOG_CRIT, LOG_CRIT};
  return priorities.at(static_cast<std::size_t>(level));
}

// No sentence should have a number; a text of somebody else's program may. Without a '+' it may be anything that a log
// has to show: a time, a change, a size.
constexpr base::Masking numbers{.shortest = 8, .only_after_plus = true};

void to_journal(int priority, const std::string& text, const LogLine& line) {
  std::vector<std::string> fields{fmt::format("PRIORITY={}", priority), "MESSAGE=" + text,
                                  fmt::format("MESSAGE_ID={}", line.message_id),
                                  fmt::format("BURSTD_EVENT={}", line.kind)};
  if (!line.modem.empty()) fields.push_back(fmt::format("BURSTD_MODEM={}", line.modem));
  if (!line.message.empty()) fields.push_back(fmt::format("BURSTD_MESSAGE={}", line.message));
  fields.push_back("SYSLOG_IDENTIFIER=burstd");
  std::vector<iovec> pieces;
  for (std::string& field : fields) pieces.push_back({field.data(), field.size()});
  ::sd_journal_sendv(pieces.data(), static_cast<int>(pieces.size()));
}

class Log : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit Log(bool journal) : x_journal(journal) {}

  void tell_left_out(base::Steady now, bool all) {
    const std::scoped_lock lock(mutex_);
    for (const auto& [kind, subject, lines] : x_rate.left_out(now, all)) {
      const std::string of = subject.empty() ? "" : " of " + subject;
      const std::string words =
          fmt::format("{} more lines of the kind {}{} were left out within {} s", lines, kind, of,
                      std::chrono::seconds(std::chrono::floor<std::chrono::seconds>(LogRate::stretch)).count());
      write(spdlog::details::log_msg("burstd", spdlog::level::warn, words), words, read_line(words));
    }
  }

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const std::string_view given(message.payload.data(), message.payload.size());
    const std::string text =
        message.level == spdlog::level::trace ? std::string(given) : base::without_numbers(given, numbers);
    const LogLine line = read_line(text);
    const bool limited = message.level < spdlog::level::critical && !text.starts_with(port_line);
    const std::string_view subject = line.modem.empty() ? line.message : line.modem;
    if (limited && !x_rate.lets_through(line.kind, subject, async::now().steady)) return;
    write(message, text, line);
  }
  void flush_() override { std::cerr.flush(); }

 private:
  void write(const spdlog::details::log_msg& message, const std::string& text, const LogLine& line) {
    if (x_journal) return to_journal(priority_of(message.level), text, line);
    spdlog::details::log_msg shown = message;
    shown.payload = text;
    spdlog::memory_buf_t buffer;
    formatter_->format(shown, buffer);
    std::cerr.write(buffer.data(), static_cast<std::streamsize>(buffer.size())).flush();
  }

  bool x_journal;
  LogRate x_rate;
};

spdlog::level::level_enum level_of(config::LogLevel level) {
  switch (level) {
    case config::LogLevel::error:
      return spdlog::level::err;
    case config::LogLevel::warning:
      return spdlog::level::warn;
    case config::LogLevel::info:
      return spdlog::level::info;
    case config::LogLevel::debug:
      return spdlog::level::debug;
  }
  return spdlog::level::info;
}

}  // namespace

void start_log(config::LogLevel level, bool unsafe_trace) {
  const auto logger = spdlog::create<Log>("burstd", is_journal());
  logger->set_formatter(std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%e%z %l: %v"));
  logger->set_level(unsafe_trace ? spdlog::level::trace : level_of(level));
  spdlog::set_default_logger(logger);
  if (unsafe_trace) spdlog::warn("texts and numbers are written to this log as they are, because of --unsafe-trace");
}

void set_log_level(config::LogLevel level) {
  if (spdlog::get_level() != spdlog::level::trace) spdlog::set_level(level_of(level));
}

void tell_left_out(bool all) {
  auto* const log = dynamic_cast<Log*>(spdlog::default_logger()->sinks().front().get());
  if (log != nullptr) log->tell_left_out(async::now().steady, all);
}

}  // namespace burstd::app
