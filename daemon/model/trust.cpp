#include "model/trust.hpp"

#include <grp.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <iterator>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

// Those of getgrnam_r(3) that do not mean that there is no such group.
constexpr int kFailures[] = {EINTR, EIO, EMFILE, ENFILE, ENOMEM, ERANGE, EAGAIN, ETIMEDOUT};

}  // namespace

bool Trust::allows(uid_t uid, const std::vector<gid_t>& groups) const {
  return is_owner(uid) || (group && std::ranges::find(groups, *group) != groups.end());
}

std::optional<gid_t> find_group(const std::string& name) {
  constexpr std::size_t kEnough = 64UL << 20;  // for some million members
  std::vector<char> buffer(16UL << 10);
  group entry{};
  group* found = nullptr;
  int error = 0;
  while ((error = ::getgrnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found)) ==
             ERANGE &&
         buffer.size() < kEnough) {
    buffer.resize(4 * buffer.size());
  }
  if (found != nullptr) return found->gr_gid;
  if (std::ranges::find(kFailures, error) != std::end(kFailures)) {
    throw Error(Errc::kInternal, format("group {}: the system cannot tell whether it is there: {}",
                                        name, std::strerror(error)));
  }
  return std::nullopt;
}

}  // namespace nbasync
