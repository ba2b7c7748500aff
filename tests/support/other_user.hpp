#pragma once

#include <grp.h>
#include <sys/types.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

namespace nbasync::testing {

// Makes this process somebody else for its life: who connects to a socket then is told so for good.
// Only root can.
class OtherUser {
 public:
  static constexpr uid_t kNobody = 65534;
  static bool possible() { return ::geteuid() == 0; }

  explicit OtherUser(uid_t uid = kNobody, const std::vector<gid_t>& groups = {}) {
    before_.resize(static_cast<std::size_t>(::getgroups(0, nullptr)));
    require(::getgroups(static_cast<int>(before_.size()), before_.data()) >= 0);
    require(::setgroups(groups.size(), groups.data()) == 0);
    require(::setegid(kNobody) == 0 && ::seteuid(uid) == 0);
  }
  ~OtherUser() {
    static_cast<void>(::seteuid(0) == 0 && ::setegid(0) == 0 &&
                      ::setgroups(before_.size(), before_.data()) == 0);
  }
  OtherUser(const OtherUser&) = delete;
  OtherUser& operator=(const OtherUser&) = delete;

 private:
  static void require(bool done) {
    if (!done) throw std::runtime_error("cannot become another user");
  }

  std::vector<gid_t> before_;
};

}  // namespace nbasync::testing
