#include "base/scratch_file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {

void throw_of_file(std::string_view path, int error) {
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    throw Error(Errc::kStorageFull, format("{}: the disk is full; make room there", path));
  }
  const bool is_missing = error == ENOENT || error == ENOTDIR;
  const bool is_refused = error == EACCES || error == EPERM || error == EROFS;
  throw Error(Errc::kStorage,
              format("{}: {}{}", path, std::generic_category().message(error),
                     is_missing   ? "; the directory has to be there"
                     : is_refused ? "; the daemon's user has to be able to write there, and its "
                                    "unit to allow it (ReadWritePaths)"
                                  : ""));
}

std::string scratch_directory() {
  const char* named = std::getenv("TMPDIR");
  return named != nullptr && *named != '\0' ? named : "/var/tmp";
}

ScratchFile::ScratchFile()
    : directory_(scratch_directory()),
      file_(::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {
  if (!file_) throw_of_file(directory_, errno);
}

void ScratchFile::write(std::string_view bytes) { write_all(file_.get(), bytes, directory_); }

ScratchDirectory::ScratchDirectory() : path_(scratch_directory() + "/nbasync-XXXXXX") {
  if (::mkdtemp(path_.data()) == nullptr) throw_of_file(scratch_directory(), errno);
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void write_all(int file, std::string_view bytes, std::string_view path) {
  while (!bytes.empty()) {
    const auto count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_of_file(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

UniqueFd open_file(const std::string& path) {
  UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) throw_of_file(path, errno);
  return file;
}

}  // namespace nbasync
