#include "store/lock_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <map>
#include <string_view>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(file, id);
  return id;
}

// The content is "key=value" a line.
std::map<std::string, std::string, std::less<>> parse(std::string_view text) {
  std::map<std::string, std::string, std::less<>> values;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto equals = line.find('=');
    if (equals != std::string_view::npos) {
      values.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
  }
  return values;
}

}  // namespace

LockFile::LockFile(std::string path) : path_(std::move(path)) {
  fd_.reset(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640));
  if (!fd_) {
    throw Error(Errc::kStorage,
                format("lock file {}: {}; the folder of the database must exist and "
                       "be writable for this user",
                       path_, std::strerror(errno)));
  }
}

bool LockFile::try_lock(const std::string& program, SystemTime now) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  if (::fcntl(fd_.get(), F_OFD_SETLK, &lock) != 0) {
    if (errno == EAGAIN || errno == EACCES) return false;
    throw Error(Errc::kStorage, format("lock file {}: {}", path_, std::strerror(errno)));
  }
  self_ = LockHolder{program, ::getpid(), now, {}, {}, {}};
  write(self_);
  return true;
}

void LockFile::note_run(const std::string& run_id, const std::string& sync_type,
                        SystemTime started) noexcept {
  self_.run_id = run_id;
  self_.sync_type = sync_type;
  self_.run_started_at = started;
  write(self_);
}

void LockFile::write(const LockHolder& holder) const noexcept {
  try {
    static const std::string boot = boot_id();
    std::string text = format("program={}\npid={}\nboot_id={}\nstarted_at={}\n", holder.program,
                              holder.pid, boot, format_utc(*holder.started_at));
    if (!holder.run_id.empty()) {
      text += format("run_id={}\nsync_type={}\nrun_started_at={}\n", holder.run_id,
                     holder.sync_type, format_utc(*holder.run_started_at));
    }
    // A reader may see a mixture of two contents; it holds no decision, only a sentence.
    if (::pwrite(fd_.get(), text.data(), text.size(), 0) == static_cast<ssize_t>(text.size())) {
      [[maybe_unused]] const int cut = ::ftruncate(fd_.get(), static_cast<off_t>(text.size()));
    }
  } catch (...) {  // NOLINT(bugprone-empty-catch): no memory for a message
  }
}

std::optional<LockHolder> LockFile::holder() const {
  std::array<char, 1024> buffer{};
  const ssize_t size = ::pread(fd_.get(), buffer.data(), buffer.size(), 0);
  if (size <= 0) return std::nullopt;
  const auto values = parse({buffer.data(), static_cast<std::size_t>(size)});
  const auto value = [&](std::string_view key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string() : found->second;
  };
  LockHolder holder;
  holder.program = value("program");
  const std::string pid = value("pid");
  std::from_chars(pid.data(), pid.data() + pid.size(), holder.pid);
  holder.started_at = parse_utc(value("started_at"));
  holder.run_id = value("run_id");
  holder.sync_type = value("sync_type");
  holder.run_started_at = parse_utc(value("run_started_at"));
  if (holder.pid == 0) return std::nullopt;
  return holder;
}

}  // namespace nbasync
