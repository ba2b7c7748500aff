#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace nbasync {

// A token that a header of HTTP carries, which is one line. `from`: whose text it is, for the
// message. Throws Error(kBadConfiguration) for more lines.
std::string one_line_token(std::string_view text, const std::string& from);

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
