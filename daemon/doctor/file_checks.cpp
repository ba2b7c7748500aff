#include "doctor/file_checks.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>

#include "base/format.hpp"
#include "base/unique_fd.hpp"
#include "base/user.hpp"
#include "db/access_problem.hpp"
#include "db/file_identity.hpp"

namespace nbasync {
namespace {

// A copy of the whole is what a backup, or an upgrade of the tables, may need.
constexpr std::uint64_t kLeastRoom = 100 << 20;

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

// "nbasync, 0640".
std::string described(const struct stat& status) {
  return format("{}, {:04o}", find_user(status.st_uid).name,
                static_cast<unsigned>(status.st_mode & 07777U));
}

bool others_may_write(const struct stat& status) {
  return (status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0;
}

CheckAnswer check_database(const std::string& file) {
  const auto status = status_of(file);
  if (!status) {
    return finding(format("{}: {}", file, std::strerror(errno)),
                   "the first start of the daemon makes it; see database.path");
  }
  if (status->st_nlink > 1) {
    return finding(format("{} has {} names (hard links)", file, status->st_nlink),
                   format("it must have one: find / -samefile {}, and remove the others", file));
  }
  if (others_may_write(*status)) {
    return finding(format("everybody may write {} ({})", file, described(*status)),
                   format("chmod 640 {}", file));
  }
  if (const auto problem = access_problem(file, 0); !problem.empty()) {
    return finding(problem, "the daemon needs to read and to write it");
  }
  return well(format("{} ({})", file, described(*status)));
}

// SQLite makes files beside the database, so its folder counts as well.
CheckAnswer check_folder(const std::string& file) {
  const auto folder = std::filesystem::path(file).parent_path().string();
  const auto status = status_of(folder);
  if (!status) return finding(format("{}: {}", folder, std::strerror(errno)), "make it");
  if (others_may_write(*status)) {
    return finding(format("everybody may write in {} ({})", folder, described(*status)),
                   format("chmod 750 {}", folder));
  }
  const auto of_file = status_of(file);
  for (const auto* end : {"-wal", "-shm", ".lock"}) {
    const auto beside = status_of(file + end);
    if (!of_file || !beside || beside->st_uid == of_file->st_uid) continue;
    return finding(format("{}{} belongs to {}, the database to {}", file, end,
                          find_user(beside->st_uid).name, find_user(of_file->st_uid).name),
                   format("chown {} {}{}", find_user(of_file->st_uid).name, file, end));
  }
  return well(format("{} ({})", folder, described(*status)));
}

CheckAnswer check_lock(const std::string& file) {
  const auto path = file + ".lock";
  const UniqueFd lock(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (lock.get() < 0) {
    if (errno == ENOENT) return unchecked(format("{} is not there: no daemon runs", path));
    return unchecked(format("{}: {}", path, std::strerror(errno)));
  }
  struct flock held {};
  held.l_type = F_WRLCK;
  held.l_whence = SEEK_SET;
  if (::fcntl(lock.get(), F_OFD_GETLK, &held) != 0) {
    return unchecked(format("{}: {}", path, std::strerror(errno)));
  }
  return well(held.l_type == F_UNLCK ? "nobody has it: no daemon runs on this database"
                                     : "a daemon, or a --once, has it");
}

CheckAnswer check_room(const std::string& file) {
  struct statvfs system {};
  const auto folder = std::filesystem::path(file).parent_path().string();
  if (::statvfs(folder.c_str(), &system) != 0) {
    return unchecked(format("{}: {}", folder, std::strerror(errno)));
  }
  const auto free = std::uint64_t{system.f_bavail} * system.f_frsize;
  const auto database = identity_of(file);
  const auto wanted = std::max(kLeastRoom, database ? database->bytes : 0);
  const auto room = format("{} MB are free in {}", free / 1'000'000, folder);
  if (free >= wanted) return well(room);
  return finding(room, format("{} MB are wanted: as much as the database has, and 100 at least",
                              wanted / 1'000'000));
}

}  // namespace

CheckAnswers check_files(const std::string& database) {
  const auto file = without_links(database);
  return {named("database-file", check_database(file)),
          named("database-folder", check_folder(file)), named("lock-file", check_lock(file)),
          named("disk-space", check_room(file))};
}

}  // namespace nbasync
