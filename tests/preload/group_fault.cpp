// Loaded into a program by LD_PRELOAD: while the file that NBASYNC_GROUP_FAULT names is there, the
// name service has no answer about any group.

#include <dlfcn.h>
#include <grp.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>

extern "C" int getgrnam_r(const char* name, group* entry, char* buffer, std::size_t size,
                          group** result) {
  const char* fault = std::getenv("NBASYNC_GROUP_FAULT");
  if (fault != nullptr && ::access(fault, F_OK) == 0) {
    *result = nullptr;
    return EIO;
  }
  static const auto real =
      reinterpret_cast<decltype(&getgrnam_r)>(::dlsym(RTLD_NEXT, "getgrnam_r"));
  return real(name, entry, buffer, size, result);
}
