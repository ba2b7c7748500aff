#include "model/trust.hpp"

#include <grp.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

namespace nbasync {

bool Trust::allows(uid_t uid, const std::vector<gid_t>& groups) const {
  return is_owner(uid) || (group && std::ranges::find(groups, *group) != groups.end());
}

std::optional<gid_t> find_group(const std::string& name) {
  constexpr std::size_t kEnough = 64UL << 20;  // for some million members
  std::vector<char> buffer(16UL << 10);
  group entry{};
  group* found = nullptr;
  while (::getgrnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found) == ERANGE &&
         buffer.size() < kEnough) {
    buffer.resize(4 * buffer.size());
  }
  return found == nullptr ? std::nullopt : std::optional(found->gr_gid);
}

}  // namespace nbasync
