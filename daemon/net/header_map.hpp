#pragma once

#include <strings.h>

#include <map>
#include <string>

namespace nbasync {

// HTTP header names know no case: "referer" and "Referer" are one.
struct HeaderNameLess {
  bool operator()(const std::string& a, const std::string& b) const {
    return strcasecmp(a.c_str(), b.c_str()) < 0;
  }
};

// Header lines by name. One with an empty value is not sent.
using HeaderMap = std::map<std::string, std::string, HeaderNameLess>;

}  // namespace nbasync
