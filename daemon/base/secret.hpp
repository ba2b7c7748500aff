#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace nbasync {

// What a file says that only its readers may know.
struct Secret {
  std::string text;            // without white space around it, and without a byte order mark
  std::filesystem::path file;  // which that was
};

// From the first of these that has a text: the credential of that name that systemd hands over, and
// `file`, which `key` of the configuration names. nullopt: there is no such credential, and no
// `file` is named. `what`: of what kind it is, for messages. Throws Error(kBadConfiguration) for a
// `file` that cannot be read or is empty. Blocking.
std::optional<Secret> read_secret(const char* credential,
                                  const std::optional<std::filesystem::path>& file, const char* key,
                                  const char* what);

}  // namespace nbasync
