#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace nbasync {

// Whom the front doors let change things because of who they are, as the kernel or the bus tells.
// A value.
struct Trust {
  std::optional<gid_t> group;  // whose members may; nullopt: there is no such group
  uid_t own_uid = 0;           // the daemon's: it could signal itself as well

  // Root, and the daemon's own user: nobody else is asked about them.
  bool is_owner(uid_t uid) const { return uid == 0 || uid == own_uid; }

  // Those, and the members of the group.
  bool allows(uid_t uid, const std::vector<gid_t>& groups) const;
};

// The gid of this group, nullopt if there is none. Asks the name service, which may take long.
// Throws Error(kInternal) if that cannot tell.
std::optional<gid_t> find_group(const std::string& name);

}  // namespace nbasync
