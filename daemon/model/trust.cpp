#include "model/trust.hpp"

#include <grp.h>

#include <algorithm>

namespace nbasync {

bool Trust::allows(uid_t uid, const std::vector<gid_t>& groups) const {
  return is_owner(uid) || (group && std::ranges::find(groups, *group) != groups.end());
}

std::optional<gid_t> find_group(const std::string& name) {
  std::vector<char> buffer(16UL * 1024);
  group entry{};
  group* found = nullptr;
  if (::getgrnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found) != 0) {
    return std::nullopt;
  }
  return found == nullptr ? std::nullopt : std::optional(found->gr_gid);
}

}  // namespace nbasync
