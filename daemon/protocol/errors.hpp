#pragma once

#include <span>
#include <string_view>

#include "base/error.hpp"

namespace nbasync::protocol {

// Exit codes of nbasyncctl and of nbasyncd --once.
enum ExitCode : int {
  kExitDone = 0,
  kExitFailed = 1,
  kExitUsage = 2,
  kExitTimeout = 3,
  kExitRefused = 4,
  kExitNotFound = 5,
  kExitUnreachable = 6,
  kExitDenied = 7,
  kExitCancelled = 8,
  kExitStale = 9,
  kExitConfiguration = 78,
};

// Whether a scheduled run that ended so may be tried again: not when it would end so again.
enum class Retry { kNo, kOnce, kYes };

// One row of the table: an error as each front door says it.
struct ErrorNames {
  Errc code;
  std::string_view word;  // stable: "sync-in-progress"
  std::string_view dbus;  // the whole D-Bus error name
  int http;
  int exit;
  Retry retry;
  std::string_view help;  // for documents, without its end
};

// All of them.
std::span<const ErrorNames> error_table();

// The row of a code.
const ErrorNames& names_of(Errc code);

// The row with this D-Bus name, or with this word; kInternal's if there is none.
const ErrorNames& names_of_dbus(std::string_view dbus);
const ErrorNames& names_of_word(std::string_view word);

}  // namespace nbasync::protocol
