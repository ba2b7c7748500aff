#include "protocol/errors.hpp"

#include <algorithm>
#include <array>

namespace nbasync::protocol {
namespace {

constexpr auto kRows = std::to_array<ErrorNames>({
    {Errc::kInternal, "internal", "org.freedesktop.DBus.Error.Failed", 500, kExitFailed,
     Retry::kYes, "something that should not happen; the log says more"},
    {Errc::kInvalidArgument, "invalid-argument", "org.freedesktop.DBus.Error.InvalidArgs", 400,
     kExitUsage, Retry::kNo, "a wrong value, an unknown name, or a request that cannot be read"},
    {Errc::kUnknownType, "unknown-type", "org.nbasync.Sync1.Error.UnknownType", 400, kExitUsage,
     Retry::kNo, "there is no such type of sync"},
    {Errc::kUnknownRun, "unknown-run", "org.nbasync.Sync1.Error.UnknownRun", 404, kExitNotFound,
     Retry::kNo, "there is no such run"},
    {Errc::kUnknownSchedule, "unknown-schedule", "org.nbasync.Sync1.Error.UnknownSchedule", 404,
     kExitNotFound, Retry::kNo, "there is no such schedule"},
    {Errc::kChangesGone, "changes-gone", "org.nbasync.Sync1.Error.ChangesGone", 410, kExitNotFound,
     Retry::kNo, "these changes are kept no longer, or the database is another one"},
    {Errc::kSyncInProgress, "sync-in-progress", "org.nbasync.Sync1.Error.SyncInProgress", 409,
     kExitRefused, Retry::kYes, "another sync has the lock, and the request would not wait"},
    {Errc::kLockTimeout, "lock-timeout", "org.nbasync.Sync1.Error.LockTimeout", 409, kExitTimeout,
     Retry::kYes, "the lock was not to be had in the time that the request would wait"},
    {Errc::kQueueFull, "queue-full", "org.nbasync.Sync1.Error.QueueFull", 503, kExitRefused,
     Retry::kYes, "too many wait, listen or ask already"},
    {Errc::kPaused, "paused", "org.nbasync.Sync1.Error.Paused", 409, kExitRefused, Retry::kNo,
     "schedules are paused"},
    {Errc::kShuttingDown, "shutting-down", "org.nbasync.Sync1.Error.ShuttingDown", 503,
     kExitUnreachable, Retry::kYes, "the daemon ends"},
    {Errc::kAccessDenied, "access-denied", "org.freedesktop.DBus.Error.AccessDenied", 403,
     kExitDenied, Retry::kNo, "who asks may not do this"},
    {Errc::kDaemonUnreachable, "daemon-unreachable", "org.freedesktop.DBus.Error.ServiceUnknown",
     503, kExitUnreachable, Retry::kYes, "the daemon cannot be reached"},
    {Errc::kBadConfiguration, "bad-configuration", "org.freedesktop.DBus.Error.InvalidFileContent",
     500, kExitConfiguration, Retry::kNo, "the configuration has a mistake"},
    {Errc::kUpstreamUnreachable, "upstream-unreachable", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed, Retry::kYes, "a host of upstream cannot be reached"},
    {Errc::kUpstreamTimeout, "upstream-timeout", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed, Retry::kYes, "a host of upstream does not answer in time"},
    {Errc::kUpstreamBlocked, "upstream-blocked", "org.nbasync.Sync1.Error.UpstreamBlocked", 502,
     kExitFailed, Retry::kYes,
     "a host of upstream refuses to answer, or is left alone for a while because it did"},
    {Errc::kUpstreamStatus, "upstream-status", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed, Retry::kYes, "a host of upstream answers that it failed"},
    {Errc::kUpstreamMalformed, "upstream-malformed", "org.freedesktop.DBus.Error.Failed", 502,
     kExitFailed, Retry::kNo, "an answer of upstream cannot be read"},
    {Errc::kUpstreamEmpty, "upstream-empty", "org.freedesktop.DBus.Error.Failed", 502, kExitFailed,
     Retry::kOnce, "an answer of upstream has no rows where there must be some"},
    {Errc::kUpstreamShort, "upstream-short", "org.freedesktop.DBus.Error.Failed", 502, kExitFailed,
     Retry::kOnce, "an answer of upstream lacks rows that there must be"},
    {Errc::kStorage, "storage", "org.freedesktop.DBus.Error.IOError", 500, kExitFailed, Retry::kYes,
     "the database cannot be read or written"},
    {Errc::kStorageBusy, "storage-busy", "org.freedesktop.DBus.Error.IOError", 500, kExitFailed,
     Retry::kYes, "another program holds the database"},
    {Errc::kStorageFull, "storage-full", "org.freedesktop.DBus.Error.NoMemory", 500, kExitFailed,
     Retry::kYes, "there is no room for the database"},
    {Errc::kStorageNewer, "storage-newer", "org.freedesktop.DBus.Error.IOError", 500, kExitFailed,
     Retry::kNo, "the database was made by a newer version"},
    {Errc::kStorageReplaced, "storage-replaced", "org.freedesktop.DBus.Error.IOError", 500,
     kExitFailed, Retry::kNo, "the database is another file than the one that was opened"},
    {Errc::kCancelled, "cancelled", "org.freedesktop.DBus.Error.Failed", 409, kExitCancelled,
     Retry::kNo, "the run was cancelled"},
    {Errc::kRunTimeout, "run-timeout", "org.freedesktop.DBus.Error.Timeout", 504, kExitTimeout,
     Retry::kYes, "the run took longer than it may"},
    {Errc::kInterrupted, "interrupted", "org.freedesktop.DBus.Error.Failed", 503, kExitCancelled,
     Retry::kYes, "the daemon ended before the run did"},
});

template <typename Projection, typename T>
const ErrorNames& find(const T& wanted, Projection projection) {
  const auto* row = std::ranges::find(kRows, wanted, projection);
  return row == kRows.end() ? kRows.front() : *row;
}

}  // namespace

std::span<const ErrorNames> error_table() { return kRows; }

const ErrorNames& names_of(Errc code) { return find(code, &ErrorNames::code); }
const ErrorNames& names_of_dbus(std::string_view dbus) { return find(dbus, &ErrorNames::dbus); }
const ErrorNames& names_of_word(std::string_view word) { return find(word, &ErrorNames::word); }

}  // namespace nbasync::protocol
