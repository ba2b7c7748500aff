// Loaded into a program by LD_PRELOAD: its calls on the files that NBASYNC_IO_CONTROL's file names
// are counted, recorded, made to fail, or the last thing that it does.

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "support/io_control.hpp"

namespace {

using nbasync::testing::IoControl;
using nbasync::testing::IoRecord;

// The function of this name in the library after this one.
template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

IoControl* control() {
  static IoControl* const mapped = []() -> IoControl* {
    const char* path = std::getenv("NBASYNC_IO_CONTROL");
    const int fd = path == nullptr ? -1 : ::open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return nullptr;
    void* memory = ::mmap(nullptr, sizeof(IoControl), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::close(fd);
    return memory == MAP_FAILED ? nullptr : static_cast<IoControl*>(memory);
  }();
  return mapped;
}

// The name of an open file; empty if it is none that is looked at.
struct Name {
  explicit Name(int fd) {
    char link[40];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const auto size = ::readlink(link, text, sizeof text - 1);
    text[size < 0 ? 0 : size] = '\0';
    drop_if_foreign();
  }
  explicit Name(const char* path) {
    std::snprintf(text, sizeof text, "%s", path);
    drop_if_foreign();
  }
  void drop_if_foreign() {
    const auto* with = control();
    const bool own =
        with != nullptr && std::strncmp(text, with->prefix, std::strlen(with->prefix)) == 0;
    if (!own || with->prefix[0] == '\0') text[0] = '\0';
  }
  bool empty() const { return text[0] == '\0'; }

  char text[PATH_MAX];
};

[[noreturn]] void die() {
  for (;;) ::kill(::getpid(), SIGKILL);
}

// Counts a call: true if it is to fail; errno is set then. `before_death` is done if it is the
// last.
template <typename Work>
bool fails(Work before_death) {
  auto* with = control();
  const long number = ++with->calls;
  const long at = with->at;
  if (at == 0 || number < at || (number > at && !with->lasting)) return false;
  if (with->action == IoControl::kKill) {
    before_death();
    die();
  }
  if (with->action != IoControl::kFail) return false;
  errno = with->error;
  return true;
}

bool fails() {
  return fails([] {});
}

std::mutex recording;  // a change and its record are one

void record(int what, const Name& name, long offset, const void* data, unsigned long length) {
  const char* path = control()->record;
  if (path[0] == '\0') return;
  static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
  static const int fd = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const IoRecord head{what, static_cast<unsigned>(std::strlen(name.text)), offset, length};
  real(fd, &head, sizeof head);
  real(fd, name.text, head.name_length);
  if (length != 0) real(fd, data, length);
}

// A call that changes a file, whose result is below 0 if it failed.
template <typename Call, typename Half>
auto change(int what, const Name& name, long offset, const void* data, Call call, Half half)
    -> decltype(call()) {
  const std::lock_guard lock(recording);
  if (fails(half)) return -1;
  const auto result = call();
  const int error = errno;
  if (result >= 0) {
    record(what, name, offset, data,
           what == IoRecord::kWrite ? static_cast<unsigned long>(result) : 0);
  }
  errno = error;
  return result;
}

template <typename Call>
auto change(int what, const Name& name, long offset, Call call) -> decltype(call()) {
  return change(what, name, offset, nullptr, call, [] {});
}

void stall() {
  if (::getpid() != static_cast<pid_t>(::syscall(SYS_gettid))) return;
  while (control() != nullptr && control()->stalled) ::usleep(1000);
}

}  // namespace

extern "C" {

ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
  static auto* const real = next<decltype(pwrite64)>("pwrite64");
  const Name name(fd);
  if (name.empty()) return real(fd, data, size, offset);
  return change(
      IoRecord::kWrite, name, offset, data, [&] { return real(fd, data, size, offset); },
      [&] { (void)!real(fd, data, size / 2, offset); });
}

ssize_t write(int fd, const void* data, size_t size) {
  static auto* const real = next<decltype(write)>("write");
  const Name name(fd);
  if (name.empty()) return real(fd, data, size);
  const auto offset = ::lseek(fd, 0, SEEK_CUR);
  return change(
      IoRecord::kWrite, name, offset, data, [&] { return real(fd, data, size); },
      [&] { (void)!real(fd, data, size / 2); });
}

int ftruncate64(int fd, off64_t size) {
  static auto* const real = next<decltype(ftruncate64)>("ftruncate64");
  const Name name(fd);
  if (name.empty()) return real(fd, size);
  return change(IoRecord::kTruncate, name, size, [&] { return real(fd, size); });
}

int fdatasync(int fd) {
  static auto* const real = next<decltype(fdatasync)>("fdatasync");
  const Name name(fd);
  if (name.empty()) return real(fd);
  return change(IoRecord::kSync, name, 0, [&] { return real(fd); });
}

int fsync(int fd) {
  static auto* const real = next<decltype(fsync)>("fsync");
  const Name name(fd);
  if (name.empty()) return real(fd);
  return change(IoRecord::kSync, name, 0, [&] { return real(fd); });
}

int unlink(const char* path) {
  static auto* const real = next<decltype(unlink)>("unlink");
  const Name name(path);
  if (name.empty()) return real(path);
  return change(IoRecord::kUnlink, name, 0, [&] { return real(path); });
}

ssize_t pread64(int fd, void* data, size_t size, off64_t offset) {
  static auto* const real = next<decltype(pread64)>("pread64");
  const Name name(fd);
  if (!name.empty() && control()->reads && fails()) return -1;
  return real(fd, data, size, offset);
}

int epoll_pwait(int fd, epoll_event* events, int size, int timeout, const sigset_t* signals) {
  static auto* const real = next<decltype(epoll_pwait)>("epoll_pwait");
  const int result = real(fd, events, size, timeout, signals);
  const int error = errno;
  stall();
  errno = error;
  return result;
}

int epoll_wait(int fd, epoll_event* events, int size, int timeout) {
  return epoll_pwait(fd, events, size, timeout, nullptr);
}

}  // extern "C"
