#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace nbasync {

// The secret that allows changes, from the first of these that has one: the credential "token" that
// systemd hands over, `file` (control.http.token_file), ADMIN_SYNC_SECRET of the environment. Empty
// if none has. White space around it, and a byte order mark, do not belong to it. Throws
// Error(kBadConfiguration) for a file that cannot be read or is empty, and for more than one line.
// Blocking.
std::string read_token(const std::optional<std::filesystem::path>& file);

}  // namespace nbasync
