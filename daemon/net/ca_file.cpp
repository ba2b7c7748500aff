#include "net/ca_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {

void check_ca_file(const std::filesystem::path& file) {
  const auto fail = [&](const std::string& why) {
    throw Error(Errc::kUpstreamUnreachable, format("upstream.ca_file: {}: {}", file.string(), why));
  };
  errno = 0;
  std::ifstream stream(file);
  if (!stream) fail(format("cannot be read: {}", std::strerror(errno)));
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("-----BEGIN ") && line.find("CERTIFICATE-----") != line.npos) return;
  }
  fail("has no certificate in PEM");
}

}  // namespace nbasync
