#include "protocol/errors.hpp"

#include <algorithm>
#include <array>

namespace nbasync::protocol {
namespace {

constexpr auto kRows = std::to_array<ErrorNames>({
    {Errc::kInternal, "internal", "org.freedesktop.DBus.Error.Failed", 500, kExitFailed},
    {Errc::kInvalidArgument, "invalid-argument", "org.freedesktop.DBus.Error.InvalidArgs", 400,
     kExitUsage},
    {Errc::kUnknownType, "unknown-type", "org.nbasync.Sync1.Error.UnknownType", 400, kExitUsage},
    {Errc::kUnknownRun, "unknown-run", "org.nbasync.Sync1.Error.UnknownRun", 404, kExitNotFound},
    {Errc::kUnknownSchedule, "unknown-schedule", "org.nbasync.Sync1.Error.UnknownSchedule", 404,
     kExitNotFound},
    {Errc::kSyncInProgress, "sync-in-progress", "org.nbasync.Sync1.Error.SyncInProgress", 409,
     kExitRefused},
    {Errc::kLockTimeout, "lock-timeout", "org.nbasync.Sync1.Error.LockTimeout", 409, kExitTimeout},
    {Errc::kQueueFull, "queue-full", "org.nbasync.Sync1.Error.QueueFull", 503, kExitRefused},
    {Errc::kPaused, "paused", "org.nbasync.Sync1.Error.Paused", 409, kExitRefused},
    {Errc::kShuttingDown, "shutting-down", "org.nbasync.Sync1.Error.ShuttingDown", 503,
     kExitUnreachable},
    {Errc::kAccessDenied, "access-denied", "org.freedesktop.DBus.Error.AccessDenied", 403,
     kExitDenied},
    {Errc::kDaemonUnreachable, "daemon-unreachable", "org.freedesktop.DBus.Error.ServiceUnknown",
     503, kExitUnreachable},
    {Errc::kBadConfiguration, "bad-configuration", "org.freedesktop.DBus.Error.InvalidFileContent",
     500, kExitConfiguration},
    {Errc::kUpstreamUnreachable, "upstream-unreachable", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed},
    {Errc::kUpstreamTimeout, "upstream-timeout", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed},
    {Errc::kUpstreamBlocked, "upstream-blocked", "org.nbasync.Sync1.Error.UpstreamBlocked", 502,
     kExitFailed},
    {Errc::kUpstreamStatus, "upstream-status", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed},
    {Errc::kUpstreamMalformed, "upstream-malformed", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed},
    {Errc::kUpstreamEmpty, "upstream-empty", "org.freedesktop.DBus.Error.Failed", 502, kExitFailed},
    {Errc::kStorage, "storage", "org.freedesktop.DBus.Error.IOError", 500, kExitFailed},
    {Errc::kStorageBusy, "storage-busy", "org.freedesktop.DBus.Error.IOError", 500, kExitFailed},
    {Errc::kStorageFull, "storage-full", "org.freedesktop.DBus.Error.NoMemory", 500, kExitFailed},
    {Errc::kStorageNewer, "storage-newer", "org.freedesktop.DBus.Error.IOError", 500, kExitFailed},
    {Errc::kStorageReplaced, "storage-replaced", "org.freedesktop.DBus.Error.IOError", 500,
     kExitFailed},
    {Errc::kCancelled, "cancelled", "org.freedesktop.DBus.Error.Failed", 409, kExitCancelled},
    {Errc::kRunTimeout, "run-timeout", "org.freedesktop.DBus.Error.Timeout", 504, kExitTimeout},
    {Errc::kInterrupted, "interrupted", "org.freedesktop.DBus.Error.Failed", 503, kExitCancelled},
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
