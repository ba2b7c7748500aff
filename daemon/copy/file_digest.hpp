#pragma once

#include <string>

namespace nbasync {

// The SHA-256 of a file, in 64 hexadecimal digits. Blocking; any thread. Throws Error(kStorage…).
std::string sha256_of(const std::string& path);

}  // namespace nbasync
