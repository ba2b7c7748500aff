#include "db/database_file.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "db/file_connection.hpp"
#include "db/inspect.hpp"
#include "db/sqlite_error.hpp"

namespace nbasync {
namespace {

constexpr const char* kLog = "-wal";
constexpr const char* kLogIndex = "-shm";

std::string removed(const std::string& path) {
  return format("database {}: it was removed, or moved away, while it was open", path);
}

std::string replaced(const std::string& path) {
  return format("database {}: it was replaced by another file while it was open", path);
}

// A second name would have a write-ahead log of its own: who uses that one, and we, would damage
// the file.
Error many_names(const std::string& path, const FileIdentity& file) {
  return {Errc::kStorage,
          format("database {}: the file has {} names (hard links), and must have one; see "
                 "find -samefile, and remove the others",
                 path, file.names)};
}

}  // namespace

DatabaseFile::DatabaseFile(std::string path, const DatabaseOptions& options, LockFile* lock)
    : path_(std::move(path)), options_(options), lock_(lock) {
  open({});
}

void DatabaseFile::prepare(Database::Prepare prepare, const Database::Look& look) {
  const FileGate::Alone alone(gate_, {});
  prepare_ = std::move(prepare);
  prepare_file(look, {});
  log_ = identity_of(real_path_ + kLog);
}

void DatabaseFile::observe(std::function<void(const std::string&)> observer) {
  const FileGate::Alone alone(gate_, {});
  observer_ = std::move(observer);
}

void DatabaseFile::add(FileConnection& connection) {
  const std::lock_guard lock(mutex_);
  connections_.insert(&connection);
}

void DatabaseFile::remove(FileConnection& connection) {
  const std::lock_guard lock(mutex_);
  connections_.erase(&connection);
}

void DatabaseFile::enter(FileUse use, const std::stop_token& stop) {
  const bool writes = use == FileUse::kWrite;
  for (;;) {
    gate_.enter(stop);
    const auto found = identity_of(path_);
    const bool is_same = found && !difference(use, found);
    const bool has_many_names = writes && found && found->names > 1;
    if (is_same && !has_many_names) return;
    gate_.leave();
    if (has_many_names) throw many_names(path_, *found);
    if (!found && !writes) throw Error(Errc::kStorageReplaced, removed(path_));
    renew(use, stop);
  }
}

void DatabaseFile::check(const std::stop_token& stop) {
  const Working reads(*this, FileUse::kRead, stop);
  require_whole(stop);
}

void DatabaseFile::require_whole(const std::stop_token& stop) {
  whole_.require(
      [this](const std::stop_token& stopped) {
        SqliteConnection::Options options;
        options.busy_timeout = options_.reader_busy_timeout;
        SqliteConnection connection(real_path_, std::move(options));
        check_whole(connection, path_, stopped);
      },
      stop);
}

void DatabaseFile::require_same() const {
  const auto found = identity_of(path_);
  if (const auto other = difference(FileUse::kWrite, found)) {
    throw Error(Errc::kStorageReplaced, format("{}; nothing of this is in the new one", *other));
  }
  if (found && found->names > 1) throw many_names(path_, *found);
}

std::optional<std::string> DatabaseFile::difference(
    FileUse use, const std::optional<FileIdentity>& found) const {
  if (!opened_) return format("database {}: it could not be opened", path_);
  if (!found) return removed(path_);
  if (!found->is_same_file(*opened_)) return replaced(path_);
  if (use == FileUse::kWrite && lock_ != nullptr && !lock_->is_in_place()) {
    return format("lock file {}: it was removed or replaced", lock_->path());
  }
  return std::nullopt;
}

void DatabaseFile::renew(FileUse use, const std::stop_token& stop) {
  std::string told;
  std::function<void(const std::string&)> observer;
  std::optional<Error> failed;
  {
    const FileGate::Alone alone(gate_, stop);
    const auto found = difference(use, identity_of(path_));
    if (!found) return;  // another has done it meanwhile
    observer = observer_;
    if (opened_) change_ = *found;
    close_all();
    opened_.reset();
    whole_.renew(false);
    try {
      open(stop);
      told = format("{}; what is there now is in use", change_);
      change_ = told + "; sync again";
    } catch (const Error& error) {
      failed = error;
      told = format("{}; {}", change_, error.what());
    }
  }
  if (observer) observer(told);
  if (failed) throw Error(*failed);
}

// If all that was committed is in the file, the log is left as it is: by now it may be the log of
// who has the new file open. Else it must not stay beside a file that it does not belong to.
void DatabaseFile::close_all() {
  const bool logged = logged_.exchange(false);
  {
    const std::lock_guard lock(mutex_);
    for (auto* connection : connections_) connection->close(logged);
  }
  content_.stop();
  const auto left = identity_of(real_path_ + kLog);
  if (!logged || !left || left->bytes == 0) return;
  if (log_ && !left->is_same_file(*log_)) return;  // it came with the new file
  const auto found = identity_of(path_);
  if (found && opened_ && found->is_same_file(*opened_)) return;
  std::error_code none;
  for (const auto* end : {kLog, kLogIndex}) std::filesystem::remove(real_path_ + end, none);
}

void DatabaseFile::open(const std::stop_token& stop) {
  real_path_ = without_links(path_);
  if (lock_ != nullptr) lock_->lock_database(real_path_);
  const auto before = identity_of(real_path_);
  if (before && before->names > 1) throw many_names(path_, *before);
  errno = 0;
  try {
    const auto timeout = static_cast<int>(options_.busy_timeout.count());
    const bool is_whole = inspect_database(real_path_, timeout);
    if (is_whole) make_database(real_path_, timeout);
    whole_.renew(is_whole);
    content_.watch(path_, real_path_);
  } catch (const SQLite::Exception& error) {
    throw as_error(error, path_, errno, options_.busy_timeout);
  }
  prepare_file([](Connection&) {}, stop);
  const auto now = identity_of(real_path_);
  if (!now || (before && !before->is_same_file(*now))) {
    throw Error(Errc::kStorageReplaced, replaced(path_));
  }
  opened_ = now;
  log_ = identity_of(real_path_ + kLog);
  ++generation_;
}

void DatabaseFile::prepare_file(const Database::Look& look, const std::stop_token& stop) {
  if (!prepare_) return;
  SqliteConnection::Options options;
  options.use = FileUse::kWrite;
  options.busy_timeout = options_.busy_timeout;
  options.synchronous_full = options_.synchronous_full;
  options.check = [this, stop] {
    require_whole(stop);
    logged();
  };
  SqliteConnection connection(real_path_, std::move(options));
  if (!whole_.is_whole()) connection.leave_log();  // also if what follows fails: it may be damaged
  prepare_(connection, stop);
  look(connection);
}

}  // namespace nbasync
