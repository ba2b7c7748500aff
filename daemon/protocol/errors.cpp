#include "protocol/errors.hpp"

#include <algorithm>
#include <array>

namespace nbasync::protocol {
namespace {

constexpr auto kRows = std::to_array<ErrorNames>({
    {Errc::kInternal, "internal", "org.freedesktop.DBus.Error.Failed", 500, kExitFailed,
     Retry::kYes},
    {Errc::kInvalidArgument, "invalid-argument", "org.freedesktop.DBus.Error.InvalidArgs", 400,
     kExitUsage, Retry::kNo},
    {Errc::kUnknownType, "unknown-type", "org.nbasync.Sync1.Error.UnknownType", 400, kExitUsage,
     Retry::kNo},
    {Errc::kUnknownRun, "unknown-run", "org.nbasync.Sync1.Error.UnknownRun", 404, kExitNotFound,
     Retry::kNo},
    {Errc::kUnknownSchedule, "unknown-schedule", "org.nbasync.Sync1.Error.UnknownSchedule", 404,
     kExitNotFound, Retry::kNo},
    {Errc::kChangesGone, "changes-gone", "org.nbasync.Sync1.Error.ChangesGone", 410, kExitNotFound,
     Retry::kNo},
    {Errc::kSyncInProgress, "sync-in-progress", "org.nbasync.Sync1.Error.SyncInProgress", 409,
     kExitRefused, Retry::kYes},
    {Errc::kLockTimeout, "lock-timeout", "org.nbasync.Sync1.Error.LockTimeout", 409, kExitTimeout,
     Retry::kYes},
    {Errc::kQueueFull, "queue-full", "org.nbasync.Sync1.Error.QueueFull", 503, kExitRefused,
     Retry::kYes},
    {Errc::kPaused, "paused", "org.nbasync.Sync1.Error.Paused", 409, kExitRefused, Retry::kNo},
    {Errc::kShuttingDown, "shutting-down", "org.nbasync.Sync1.Error.ShuttingDown", 503,
     kExitUnreachable, Retry::kYes},
    {Errc::kAccessDenied, "access-denied", "org.freedesktop.DBus.Error.AccessDenied", 403,
     kExitDenied, Retry::kNo},
    {Errc::kDaemonUnreachable, "daemon-unreachable", "org.freedesktop.DBus.Error.ServiceUnknown",
     503, kExitUnreachable, Retry::kYes},
    {Errc::kBadConfiguration, "bad-configuration", "org.freedesktop.DBus.Error.InvalidFileContent",
     500, kExitConfiguration, Retry::kNo},
    {Errc::kUpstreamUnreachable, "upstream-unreachable", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed, Retry::kYes},
    {Errc::kUpstreamTimeout, "upstream-timeout", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed, Retry::kYes},
    {Errc::kUpstreamBlocked, "upstream-blocked", "org.nbasync.Sync1.Error.UpstreamBlocked", 502,
     kExitFailed, Retry::kYes},
    {Errc::kUpstreamStatus, "upstream-status", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed, Retry::kYes},
    {Errc::kUpstreamMalformed, "upstream-malformed", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed, Retry::kNo},
    {Errc::kUpstreamEmpty, "upstream-empty", "org.freedesktop.DBus.Error.Failed", 502, kExitFailed,
     Retry::kOnce},
    {Errc::kUpstreamShort, "upstream-short", "org.freedesktop.DBus.Error.Failed", 502, kExitFailed,
     Retry::kOnce},
    {Errc::kStorage, "storage", "org.freedesktop.DBus.Error.IOError", 500, kExitFailed,
     Retry::kYes},
    {Errc::kStorageBusy, "storage-busy", "org.freedesktop.DBus.Error.IOError", 500, kExitFailed,
     Retry::kYes},
    {Errc::kStorageFull, "storage-full", "org.freedesktop.DBus.Error.NoMemory", 500, kExitFailed,
     Retry::kYes},
    {Errc::kStorageNewer, "storage-newer", "org.freedesktop.DBus.Error.IOError", 500, kExitFailed,
     Retry::kNo},
    {Errc::kStorageReplaced, "storage-replaced", "org.freedesktop.DBus.Error.IOError", 500,
     kExitFailed, Retry::kNo},
    {Errc::kCancelled, "cancelled", "org.freedesktop.DBus.Error.Failed", 409, kExitCancelled,
     Retry::kNo},
    {Errc::kRunTimeout, "run-timeout", "org.freedesktop.DBus.Error.Timeout", 504, kExitTimeout,
     Retry::kYes},
    {Errc::kInterrupted, "interrupted", "org.freedesktop.DBus.Error.Failed", 503, kExitCancelled,
     Retry::kYes},
});

template <typename Projection, typename T>
const ErrorNames& find(const T& wanted, Projection projection) {
  const auto* row = std::ranges::find(kRows, wanted, projection);
  return row == kRows.end() ? kRows.front() : *row;
}

}  // namespace

const ErrorNames& names_of(Errc code) { return find(code, &ErrorNames::code); }
const ErrorNames& names_of_dbus(std::string_view dbus) { return find(dbus, &ErrorNames::dbus); }
const ErrorNames& names_of_word(std::string_view word) { return find(word, &ErrorNames::word); }

}  // namespace nbasync::protocol
