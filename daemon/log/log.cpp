#include "log/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <iterator>
#include <memory>

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

spdlog::logger& logger() {
  static spdlog::logger instance("nbasync", std::make_shared<spdlog::sinks::stderr_sink_mt>());
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

bool to_journal() { return std::getenv("JOURNAL_STREAM") != nullptr; }

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
