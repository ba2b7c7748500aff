#include "db/lock_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "db/access_problem.hpp"
#include "db/file_identity.hpp"

namespace nbasync {
namespace {

// The first byte after those that SQLite locks (its lock-byte page begins at 1 GiB).
constexpr off_t kDatabaseByte = 0x40000200;

constexpr int kMostTries = 3;  // while others remove the file again and again

std::string beside(const std::string& database) { return database + ".lock"; }

// Opens a file of `database`, and makes it if it is not there. `what`: "lock file PATH".
UniqueFd open_or_make(const std::string& path, const std::string& database, const std::string& what,
                      mode_t mode) {
  UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode));
  if (fd) return fd;
  const int error = errno;
  const auto problem = access_problem(database, error);
  throw Error(Errc::kStorage,
              format("{}: {}", what, problem.empty() ? std::strerror(error) : problem));
}

// False if another open file has a lock there.
bool try_to_lock(const UniqueFd& fd, off_t byte, off_t length, const std::string& what) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = byte;
  lock.l_len = length;
  if (::fcntl(fd.get(), F_OFD_SETLK, &lock) == 0) return true;
  if (errno == EAGAIN || errno == EACCES) return false;
  throw Error(Errc::kStorage, format("{}: {}", what, std::strerror(errno)));
}

UniqueFd open_lock(const std::string& database) {
  return open_or_make(beside(database), database, format("lock file {}", beside(database)), 0640);
}

}  // namespace

LockFile::LockFile(std::string database)
    : database_(std::move(database)), file_(without_links(database_)), fd_(open_lock(file_)) {}

bool LockFile::try_lock(const std::string& program, SystemTime now) {
  const std::lock_guard guard(mutex_);
  for (int tries = 0; tries < kMostTries; ++tries) {
    // Who has locked a file that was removed meanwhile has locked nothing.
    if (!has_its_place()) fd_ = open_lock(file_);
    if (!try_to_lock(fd_, 0, 0, format("lock file {}", beside(file_)))) return false;
    if (!has_its_place()) continue;
    self_ = LockHolder{program, {}, ::getpid(), now, {}, {}, {}};
    write(self_);
    return true;
  }
  throw Error(
      Errc::kStorage,
      format("lock file {}: it is removed as often as it is made; see who does", beside(file_)));
}

void LockFile::lock_database(const std::string& database) {
  const std::lock_guard guard(mutex_);
  lock_beside(database);
  lock_itself(database);
}

void LockFile::lock_beside(const std::string& database) {
  if (database == file_ && has_its_place()) return;
  auto opened = open_lock(database);
  const auto before = std::exchange(file_, database);
  auto fd = std::exchange(fd_, std::move(opened));
  if (try_to_lock(fd_, 0, 0, format("lock file {}", beside(file_)))) {
    write(self_);
    return;
  }
  const Error held(Errc::kSyncInProgress, sentence());
  file_ = before;
  fd_ = std::move(fd);
  throw held;
}

void LockFile::lock_itself(const std::string& database) {
  database_fd_.reset();
  auto fd = open_or_make(database, database, format("database {}", database), 0644);
  if (!try_to_lock(fd, kDatabaseByte, 1, format("database {}", database))) {
    throw Error(Errc::kSyncInProgress,
                format("database {}: another nbasyncd has this file by another name; see who has "
                       "it open, and use one name",
                       database));
  }
  database_fd_ = std::move(fd);
}

bool LockFile::is_in_place() const {
  const std::lock_guard guard(mutex_);
  return has_its_place();
}

bool LockFile::has_its_place() const {
  const auto there = identity_of(beside(file_));
  const auto ours = identity_of(fd_.get());
  return there && ours && there->is_same_file(*ours);
}

std::string LockFile::path() const {
  const std::lock_guard guard(mutex_);
  return beside(file_);
}

void LockFile::note_run(const std::string& run_id, const std::string& sync_type,
                        SystemTime started) noexcept {
  const std::lock_guard guard(mutex_);
  self_.note_run(run_id, sync_type, started);
  write(self_);
}

void LockFile::write(const LockHolder& holder) const noexcept {
  try {
    const std::string text = to_lines(holder);
    // A reader may see a mixture of two contents; it holds no decision, only a sentence.
    if (::pwrite(fd_.get(), text.data(), text.size(), 0) == static_cast<ssize_t>(text.size())) {
      [[maybe_unused]] const int cut = ::ftruncate(fd_.get(), static_cast<off_t>(text.size()));
    }
  } catch (...) {  // NOLINT(bugprone-empty-catch): no memory for a message
  }
}

std::optional<LockHolder> LockFile::holder() const {
  const std::lock_guard guard(mutex_);
  return read();
}

std::string LockFile::held_sentence() const {
  const std::lock_guard guard(mutex_);
  return sentence();
}

std::optional<LockHolder> LockFile::read() const {
  std::array<char, 1024> buffer{};
  const ssize_t size = ::pread(fd_.get(), buffer.data(), buffer.size(), 0);
  if (size <= 0) return std::nullopt;
  return lock_holder_in({buffer.data(), static_cast<std::size_t>(size)});
}

std::string LockFile::sentence() const { return nbasync::held_sentence(database_, read()); }

}  // namespace nbasync
