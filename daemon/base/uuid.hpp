#pragma once

#include <string>

namespace nbasync {

// A random UUID (RFC 9562, version 4) in its usual form of 36 characters.
std::string make_uuid();

}  // namespace nbasync
