#include "db/file_identity.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <system_error>

namespace nbasync {
namespace {

constexpr int kMostLinks = 40;  // as many as Linux follows

FileIdentity identity(const struct stat& status) {
  return {status.st_dev, status.st_ino, status.st_nlink,
          static_cast<std::uint64_t>(status.st_size)};
}

}  // namespace

std::optional<FileIdentity> identity_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return identity(status);
}

std::optional<FileIdentity> identity_of(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return std::nullopt;
  return identity(status);
}

std::string without_links(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code none;
  fs::path file = fs::absolute(path, none);
  for (int link = 0; link < kMostLinks; ++link) {
    const auto target = fs::read_symlink(file, none);
    if (none) break;
    file = file.parent_path() / target;
  }
  const auto folder = fs::canonical(file.parent_path(), none);
  return none ? file.string() : (folder / file.filename()).string();
}

}  // namespace nbasync
