#pragma once

#include <sys/types.h>

#include <string>

namespace nbasync {

// A user of this system, as the name service knows him.
struct User {
  uid_t uid = 0;
  gid_t gid = 0;     // his own group
  std::string name;  // or the number as text, of who has none
};

// Asks the name service: blocking. Who is not known has the uid as name, and `gid` 0.
User find_user(uid_t uid);

}  // namespace nbasync
