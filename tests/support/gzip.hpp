#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nbasync::testing {

// data, then `padding` spaces that never stand in memory, compressed as gzip.
std::string gzip(std::string_view data, std::size_t padding = 0);

}  // namespace nbasync::testing
