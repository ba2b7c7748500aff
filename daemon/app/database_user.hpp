#pragma once

#include <filesystem>

namespace nbasync {

// Of root: becomes, for good, the user to whom the database belongs, or its folder if there is none
// yet or it is root's; so that what is made there does not lock that user out. Does nothing where
// all is root's, or for who is not root. Before anything of the database is opened. Throws
// Error(kStorage) if it is not allowed to.
void become_user_of(const std::filesystem::path& database);

}  // namespace nbasync
