#include "base/process_id.hpp"

#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fstream>
#include <sstream>
#include <string_view>

#include "base/format.hpp"

namespace nbasync {
namespace {

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// Where the numbers of processes are the same ones: this start of the machine, this container.
std::string place() {
  std::array<char, 64> pids{};
  if (::readlink("/proc/self/ns/pid", pids.data(), pids.size() - 1) < 0) return {};
  const auto boot = boot_id();
  return boot.empty() ? boot : format("{}/{}", boot, pids.data());
}

constexpr const char* kEnded = "ended";

// When it was started, in ticks since the machine was; kEnded if nobody has asked yet how it ended;
// empty if that cannot be told.
std::string start_of(pid_t pid) {
  constexpr int kState = 3;  // proc(5), after the name, which may have blanks
  constexpr int kStart = 22;
  const auto line = first_line(format("/proc/{}/stat", pid));
  std::istringstream fields(line.substr(line.rfind(')') + 1));
  std::string field;
  for (int i = kState; i <= kStart && fields >> field; ++i) {
    if (i == kState && field == "Z") return kEnded;
  }
  return field;
}

}  // namespace

std::string boot_id() {
  static const std::string id = first_line("/proc/sys/kernel/random/boot_id");
  return id;
}

std::string process_id() {
  static const std::string id = format("{}/{}/{}", ::getpid(), start_of(::getpid()), place());
  return id;
}

bool has_ended(const std::string& process_id) {
  const auto after_pid = process_id.find('/');
  const auto after_start = process_id.find('/', after_pid + 1);
  if (after_start == std::string::npos) return false;
  const auto here = place();
  if (here.empty() || process_id.substr(after_start + 1) != here) return false;
  pid_t pid = 0;
  std::from_chars(process_id.data(), process_id.data() + after_pid, pid);
  if (pid <= 0) return false;
  const auto start = process_id.substr(after_pid + 1, after_start - after_pid - 1);
  if (::kill(pid, 0) != 0 && errno == ESRCH) return true;
  const auto now = start_of(pid);  // its number may be another's by now
  return !now.empty() && !start.empty() && now != start;
}

}  // namespace nbasync
