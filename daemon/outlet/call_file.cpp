#include "outlet/call_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/format.hpp"
#include "base/scratch_file.hpp"
#include "base/unique_fd.hpp"
#include "outlet/hook_options.hpp"

namespace nbasync {
namespace {

namespace fs = std::filesystem;

// Others read what is in them: the umask of the daemon's unit does not count.
constexpr auto kOfDirectory = static_cast<fs::perms>(0755);
constexpr mode_t kOfFile = 0644;

fs::path directory_of_calls() {
  const char* runtime = std::getenv("RUNTIME_DIRECTORY");
  const std::string_view named = runtime != nullptr ? runtime : "";
  return fs::path(named.empty() ? "/run/nbasync" : named.substr(0, named.find(':'))) / "hooks";
}

// A name of its own: a try that was given up may still be writing. It goes unless it is renamed.
class Part {
 public:
  explicit Part(std::string name)
      : name_(std::move(name)), file_(::mkostemp(name_.data(), O_CLOEXEC)) {
    if (!file_) throw_of_file(name_, errno);
  }
  ~Part() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  void publish(const std::string& text, const std::string& path) {
    write_all(file_.get(), text, name_);
    // What is only refused later is told by fsync.
    if (::fchmod(file_.get(), kOfFile) != 0 || ::fsync(file_.get()) != 0) {
      throw_of_file(name_, errno);
    }
    if (std::rename(name_.c_str(), path.c_str()) != 0) throw_of_file(path, errno);
    name_.clear();
  }

 private:
  std::string name_;
  UniqueFd file_;
};

}  // namespace

void write_call(const std::string& unit, const std::string& text) {
  const auto directory = directory_of_calls();
  std::error_code trouble;
  fs::create_directories(directory, trouble);
  fs::permissions(directory, kOfDirectory, trouble);
  const auto name = unit.substr(0, unit.size() - HookOptions::kUnitEnd.size());
  Part part((directory / format(".{}.XXXXXX", name)).string());
  part.publish(text + '\n', (directory / (name + ".json")).string());
}

}  // namespace nbasync
