#pragma once

#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/other_user.hpp"

// For programs that refuse to be root's.
namespace nbasync::testing {

// A command that is an ordinary user's, also if this process is root's. It ends with this program,
// however that ends: by this signal; "clear": it does not.
inline std::vector<std::string> as_ordinary_user(const std::vector<std::string>& command,
                                                 const std::string& end_signal = "QUIT") {
  std::vector<std::string> all{"setpriv", "--pdeathsig", end_signal};
  if (::geteuid() == 0) {
    const std::string id = std::to_string(OtherUser::kNobody);
    all.insert(all.end(), {"--reuid", id, "--regid", id, "--clear-groups"});
  }
  all.insert(all.end(), command.begin(), command.end());
  return all;
}

// Throws std::runtime_error.
inline void give_to_ordinary_user(const std::filesystem::path& folder) {
  constexpr auto kNobody = OtherUser::kNobody;
  if (::geteuid() == 0 && ::chown(folder.c_str(), kNobody, kNobody) != 0) {
    throw std::runtime_error("chown " + folder.string());
  }
}

}  // namespace nbasync::testing
