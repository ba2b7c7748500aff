#include "db/sqlite_error.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <system_error>

#include "base/format.hpp"
#include "db/access_problem.hpp"

namespace nbasync {
namespace {

bool is_full(int code, int system_error) {
  if (code == SQLITE_FULL) return true;
  return (code == SQLITE_IOERR || code == SQLITE_CANTOPEN) &&
         (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG);
}

// Only of these does the errno tell something.
bool is_of_the_system(int code) {
  return code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_CORRUPT;
}

Error storage(Errc code, const std::string& path, const std::string& why) {
  return {code, format("database {}: {}", path, why)};
}

}  // namespace

Error damaged(const std::string& path, const std::string& how) {
  return storage(Errc::kStorage, path, format("is damaged: {}; restore a backup", how));
}

Error unreadable(const std::string& path, int system_error) {
  return storage(Errc::kStorage, path,
                 format("cannot be read: {}; see the system's log",
                        std::generic_category().message(system_error)));
}

Error as_error(const SQLite::Exception& error, const std::string& path, int system_error,
               std::chrono::milliseconds busy_timeout) {
  const int code = error.getErrorCode() & 0xff;
  const std::string what = error.what();
  if (!is_of_the_system(code)) system_error = 0;
  const std::string reason =
      system_error == 0 ? what
                        : format("{}: {}", what, std::generic_category().message(system_error));
  if (is_full(code, system_error)) {
    return storage(Errc::kStorageFull, path,
                   "the disk is full; nothing was changed, make room and sync again");
  }
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return storage(
          Errc::kStorageBusy, path,
          format("another program has held it for {} s; see who has it open",
                 std::chrono::duration_cast<std::chrono::seconds>(busy_timeout).count()));
    case SQLITE_INTERRUPT:
      return storage(Errc::kCancelled, path, "cancelled");
    case SQLITE_READONLY: {
      const auto problem = access_problem(path, system_error);
      return storage(Errc::kStorage, path,
                     problem.empty() ? "cannot be written: it is read-only for this user"
                                     : format("cannot be written: {}", problem));
    }
    case SQLITE_NOTADB:
      return storage(Errc::kStorage, path,
                     "is not a SQLite database, or is damaged; restore a backup");
    case SQLITE_CORRUPT:
      // What SQLite says, too, of a page that the disk does not give.
      return system_error == EIO ? unreadable(path, system_error) : damaged(path, what);
    case SQLITE_CANTOPEN: {
      const auto problem = access_problem(path, system_error);
      return storage(Errc::kStorage, path,
                     format("cannot be opened: {}", problem.empty() ? reason : problem));
    }
    default:
      return storage(Errc::kStorage, path, reason);
  }
}

}  // namespace nbasync
