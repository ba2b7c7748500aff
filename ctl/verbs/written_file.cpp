#include "ctl/verbs/written_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync::ctl {

WrittenFile::WrittenFile(std::string path) : path_(std::move(path)) {
  struct stat there {};
  const bool is_there = ::stat(path_.c_str(), &there) == 0;
  if (path_.empty() || path_.ends_with('/') || (is_there && !S_ISREG(there.st_mode))) {
    throw Error(Errc::kStorage, format("cannot write {}: it is no file", path_));
  }
  part_ = format("{}.{}.part", path_, ::getpid());
  file_.reset(::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (file_) return;
  part_.clear();
  fail();
}

WrittenFile::~WrittenFile() {
  if (!part_.empty()) ::unlink(part_.c_str());
}

void WrittenFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(file_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail();
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void WrittenFile::keep() {
  if (::fsync(file_.get()) != 0 || std::rename(part_.c_str(), path_.c_str()) != 0) fail();
  part_.clear();
  const auto slash = path_.rfind('/');
  const auto folder = slash == std::string::npos ? "." : path_.substr(0, slash + 1);
  const UniqueFd directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory) ::fsync(directory.get());  // not every file system can
}

void WrittenFile::fail() const {
  throw Error(Errc::kStorage, format("cannot write {}: {}", path_, std::strerror(errno)));
}

}  // namespace nbasync::ctl
