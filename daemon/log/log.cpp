#include "log/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>

#include "log/line_sink.hpp"

namespace nbasync::log {
namespace {

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kError:
      break;
  }
  return spdlog::level::err;
}

// %*: the priority that sd-daemon(3) reads at the start of a line.
class Priority final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& out) override {
    const char digit = message.level >= spdlog::level::err    ? '3'
                       : message.level >= spdlog::level::warn ? '4'
                       : message.level >= spdlog::level::info ? '6'
                                                              : '7';
    for (const char c : {'<', digit, '>'}) out.push_back(c);
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<Priority>();
  }
};

// %*: the message as a JSON string.
class JsonText final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& out) override {
    out.push_back('"');
    for (const char c : message.payload) {
      if (c == '"' || c == '\\') {
        out.push_back('\\');
        out.push_back(c);
      } else if (static_cast<unsigned char>(c) < 0x20) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
      } else {
        out.push_back(c);
      }
    }
    out.push_back('"');
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<JsonText>();
  }
};

std::unique_ptr<spdlog::formatter> make_formatter(Format format) {
  if (format == Format::kAuto) {
    format = to_journal() ? Format::kJournal : Format::kText;
  }
  const auto utc = spdlog::pattern_time_type::utc;
  if (format == Format::kText) {
    return std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ %l %v", utc);
  }
  auto formatter = std::make_unique<spdlog::pattern_formatter>(utc);
  if (format == Format::kJournal) {
    formatter->add_flag<Priority>('*').set_pattern("%*%v");
  } else {
    formatter->add_flag<JsonText>('*').set_pattern(
        R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%*})");
  }
  return formatter;
}

// Gives the lines of the log to the one sink of standard error.
class StderrSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  LineSink& lines() { return lines_; }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    lines_.push(text_of(*formatter_, message));
  }
  void flush_() override {}
  void set_formatter_(std::unique_ptr<spdlog::formatter> formatter) override {
    const std::lock_guard lock(spare_mutex_);
    spare_ = formatter->clone();
    formatter_ = std::move(formatter);
  }

  static std::string text_of(spdlog::formatter& formatter,
                             const spdlog::details::log_msg& message) {
    spdlog::memory_buf_t text;
    formatter.format(message, text);
    return fmt::to_string(text);
  }

  std::string lost(std::uint64_t count) {
    const auto line =
        nbasync::format("log lines lost count={}; standard error took them too slowly", count);
    const std::lock_guard lock(spare_mutex_);
    return text_of(*spare_, {"nbasync", spdlog::level::warn, line});
  }

  std::mutex spare_mutex_;
  std::unique_ptr<spdlog::formatter> spare_ = formatter_->clone();  // for the sink's own thread
  LineSink lines_{STDERR_FILENO, [this](std::uint64_t count) { return lost(count); }};
};

// Never destroyed: its thread may be within a write until the process ends.
StderrSink& sink() {
  static auto& instance = *new StderrSink;
  return instance;
}

spdlog::logger& logger() {
  static auto& instance =
      *new spdlog::logger("nbasync", std::shared_ptr<StderrSink>(std::shared_ptr<void>(), &sink()));
  return instance;
}

}  // namespace

void init(Level level, Format format) {
  logger().set_formatter(make_formatter(format));
  logger().set_level(to_spdlog(level));
}

void set_level(Level level) { logger().set_level(to_spdlog(level)); }

Level level() {
  for (const auto level : {Level::kDebug, Level::kInfo, Level::kWarning}) {
    if (logger().level() == to_spdlog(level)) return level;
  }
  return Level::kError;
}

bool enabled(Level level) { return logger().should_log(to_spdlog(level)); }

bool to_journal() {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat there {};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &there) != 0) return false;
  return nbasync::format("{}:{}", there.st_dev, there.st_ino) == stream;
}

bool flush(Duration patience) { return sink().lines().flush(patience); }

void last_words(const std::string& text) {
  sink().lines().push((to_journal() ? "<3>" : "") + text + '\n');
  flush();
}

std::string_view to_string(Level level) {
  switch (level) {
    case Level::kDebug:
      return "debug";
    case Level::kInfo:
      return "info";
    case Level::kWarning:
      return "warning";
    case Level::kError:
      break;
  }
  return "error";
}

void write(Level level, std::string_view line) {
  logger().log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace nbasync::log
