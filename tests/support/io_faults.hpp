#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>

#include "support/io_control.hpp"
#include "support/preload.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// Faults of a database's files, in the programs that are started by start(). The file may be there
// or not; what belongs to it (its log, its lock) is looked at as well.
class IoFaults {
 public:
  explicit IoFaults(const std::filesystem::path& database) {
    std::ofstream(path_).close();
    std::filesystem::resize_file(path_, sizeof(IoControl));
    const int fd = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    void* memory = ::mmap(nullptr, sizeof(IoControl), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::close(fd);
    if (memory == MAP_FAILED) throw std::runtime_error("mmap: " + path_.string());
    control_ = static_cast<IoControl*>(memory);
    database.string().copy(control_->prefix, sizeof control_->prefix - 1);
  }
  IoFaults(const IoFaults&) = delete;
  IoFaults& operator=(const IoFaults&) = delete;
  ~IoFaults() { ::munmap(control_, sizeof(IoControl)); }

  // Calls `spawn`; what it starts has the library in it.
  void start(const std::function<void()>& spawn) const {
    with_preload(NBASYNC_IO_FAULTS, {{"NBASYNC_IO_CONTROL", path_.string()}}, spawn);
  }

  // The program dies at its n-th call from now on, or the call fails.
  void kill_at(long number) { arm(IoControl::kKill, number, 0, false); }
  void fail_at(long number, int error) { arm(IoControl::kFail, number, error, false); }
  void fail_from(long number, int error) { arm(IoControl::kFail, number, error, true); }
  void none() { arm(IoControl::kNothing, 0, 0, false); }

  // Calls since one of these.
  long calls() const { return control_->calls; }
  bool reached() const { return control_->at != 0 && control_->calls >= control_->at; }

  void count_reads() { control_->reads = true; }
  void stall(bool on) { control_->stalled = on; }
  // From the next start on.
  void record_to(const std::filesystem::path& file) {
    file.string().copy(control_->record, sizeof control_->record - 1);
  }

 private:
  void arm(IoControl::Action action, long number, int error, bool lasting) {
    control_->at = 0;
    control_->action = action;
    control_->error = error;
    control_->lasting = lasting;
    control_->calls = 0;
    control_->at = number;
  }

  TemporaryDirectory directory_;
  std::filesystem::path path_ = directory_.path() / "control";
  IoControl* control_ = nullptr;
};

}  // namespace nbasync::testing
