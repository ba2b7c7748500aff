#include "base/user.hpp"

#include <pwd.h>

#include <vector>

namespace nbasync {

User find_user(uid_t uid) {
  std::vector<char> buffer(16UL * 1024);
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr) {
    return {uid, 0, std::to_string(uid)};
  }
  return {uid, found->pw_gid, found->pw_name};
}

}  // namespace nbasync
