#include "db/access_problem.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/format.hpp"
#include "base/user.hpp"
#include "db/file_identity.hpp"

namespace nbasync {
namespace {

// SQLite's files beside a database, and ours.
constexpr const char* kBeside[] = {"", "-wal", "-shm", ".lock"};

// 0, or the errno of who asks for it.
int refusal(const std::string& path, int mode) {
  return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) == 0 ? 0 : errno;
}

std::string whose(const char* what, const std::string& path, const std::string& cure) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  const auto self = find_user(::geteuid());
  if (status.st_uid == self.uid) {
    return format("{} {} is read-only for its owner, {}: chmod u+rwX {}", what, path, self.name,
                  path);
  }
  return format("{} {} belongs to {}, and {} may not write it; as root: chown {}: {}", what, path,
                find_user(status.st_uid).name, self.name, self.name, cure);
}

std::string problem_of(const char* what, const std::string& path, int mode,
                       const std::string& cure) {
  const int why = refusal(path, mode);
  if (why == EROFS) {
    return format(
        "{} {} is on a file system that is read-only here; under systemd see "
        "ReadWritePaths=",
        what, path);
  }
  return why == EACCES || why == EPERM ? whose(what, path, cure) : std::string();
}

}  // namespace

std::string access_problem(const std::string& path, int system_error) {
  const auto file = without_links(path);
  const auto folder = std::filesystem::path(file).parent_path().string();
  if (refusal(folder, F_OK) == ENOENT) return format("its folder {} does not exist", folder);
  auto problem = problem_of("its folder", folder, R_OK | W_OK | X_OK, folder);
  for (const auto* end : kBeside) {
    if (problem.empty()) problem = problem_of("the file", file + end, R_OK | W_OK, file + "*");
  }
  if (problem.empty() && (system_error == EACCES || system_error == EPERM)) {
    problem = format("this user, {}, may not; a folder above may be closed to it",
                     find_user(::geteuid()).name);
  }
  return problem;
}

}  // namespace nbasync
