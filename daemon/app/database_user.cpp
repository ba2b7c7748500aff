#include "app/database_user.hpp"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/user.hpp"
#include "db/file_identity.hpp"
#include "log/log.hpp"

namespace nbasync {
namespace {

// Who has this file, if that is not root.
std::optional<User> owner_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || status.st_uid == 0) return std::nullopt;
  auto user = find_user(status.st_uid);
  if (user.gid == 0) user.gid = status.st_gid;
  return user;
}

bool become(const User& user) {
  return ::initgroups(user.name.c_str(), user.gid) == 0 && ::setgid(user.gid) == 0 &&
         ::setuid(user.uid) == 0;
}

}  // namespace

void become_user_of(const std::filesystem::path& database) {
  if (::geteuid() != 0) return;
  const std::filesystem::path file = without_links(database.string());
  auto user = owner_of(file.string());
  if (!user) user = owner_of(file.parent_path().string());
  if (!user) return;
  if (!become(*user)) {
    throw Error(
        Errc::kStorage,
        format("database {}: it belongs to {}, whom files of root would lock out, and this "
               "process may not become {} ({}); run it as that user: runuser -u {} -- "
               "nbasyncd …",
               database.string(), user->name, user->name, std::strerror(errno), user->name));
  }
  log::info("working as user {}, to whom the database belongs", user->name);
}

}  // namespace nbasync
