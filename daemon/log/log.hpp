#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/clock.hpp"
#include "base/format.hpp"

// Logging in the form "event key=value": log::info("sync finished run={} rows={}", id, rows).
// Any thread, and nobody waits for whoever reads the log (line_sink.hpp). timer, dataset, store and
// net never log; an error is logged where it stops travelling.
namespace nbasync::log {

enum class Level { kDebug, kInfo, kWarning, kError };
enum class Format { kAuto, kText, kJournal, kJson };

// Sends the log to stderr from now on. kAuto: the journal's priority prefixes where systemd reads
// stderr (JOURNAL_STREAM names it), text otherwise. Not thread-safe: call it before threads start.
void init(Level level, Format format);

// Any thread; takes effect at once.
void set_level(Level level);
Level level();
bool enabled(Level level);

// Whether systemd reads stderr for the journal: JOURNAL_STREAM names what stderr is. A redirected
// stderr is not the journal's.
bool to_journal();

// Before the process ends: waits until all lines are written, but not longer. Whether they are.
bool flush(Duration patience = Duration{500});

// What ends the process, as it is but for the journal's priority of an error; with flush().
void last_words(const std::string& text);

// "debug", "info", "warning", "error".
std::string_view to_string(Level level);

void write(Level level, std::string_view line);

template <typename... Args>
void debug(fmt::format_string<Args...> form, Args&&... args) {
  if (enabled(Level::kDebug)) write(Level::kDebug, fmt::format(form, std::forward<Args>(args)...));
}
template <typename... Args>
void info(fmt::format_string<Args...> form, Args&&... args) {
  if (enabled(Level::kInfo)) write(Level::kInfo, fmt::format(form, std::forward<Args>(args)...));
}
template <typename... Args>
void warning(fmt::format_string<Args...> form, Args&&... args) {
  if (enabled(Level::kWarning)) {
    write(Level::kWarning, fmt::format(form, std::forward<Args>(args)...));
  }
}
template <typename... Args>
void error(fmt::format_string<Args...> form, Args&&... args) {
  if (enabled(Level::kError)) write(Level::kError, fmt::format(form, std::forward<Args>(args)...));
}

}  // namespace nbasync::log
