#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Bodies in the content coding gzip. Any thread.
namespace nbasync {

// A shorter body gains nothing.
inline constexpr std::size_t kShortestToGzip = 1024;

// Whether this Accept-Encoding wants it: "gzip", "br;q=1.0, gzip;q=0.8", "*"; not "gzip;q=0".
bool accepts_gzip(std::string_view accept_encoding);

// Quick rather than small. Throws std::bad_alloc.
std::string gzip(std::string_view text);

// What gzip() was given. Throws std::invalid_argument for what is not gzip, or is cut short.
std::string gunzip(std::string_view packed);

}  // namespace nbasync
