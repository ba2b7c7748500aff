#include "ctl/app/bus_program.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync::ctl {
namespace {

constexpr const char* kName = "nbasyncctl-bus";

// Installed in the folder for helpers of programs, built beside this one; empty if nowhere.
std::string bus_program() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto beside = self.parent_path();
  for (const auto& place : {beside / NBASYNC_HELPERS_FROM_BIN / kName, beside / kName}) {
    if (::access(place.c_str(), X_OK) == 0) return place;
  }
  return {};
}

}  // namespace

bool has_bus_program() { return !bus_program().empty(); }

void become_bus_program(char** argv) {
  const auto program = bus_program();
  if (program.empty()) {
    throw Error(
        Errc::kDaemonUnreachable,
        format("the bus cannot be asked: {}, a part of nbasyncctl, is not installed", kName));
  }
  ::execv(program.c_str(), argv);
  throw Error(Errc::kDaemonUnreachable,
              format("the bus cannot be asked: {}: {}", program, std::strerror(errno)));
}

}  // namespace nbasync::ctl
