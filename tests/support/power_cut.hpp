#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "support/io_control.hpp"

namespace nbasync::testing {

// A disk whose power can be cut: it gets the changes that were recorded (IoFaults::record_to), one
// after the other. What was synced it has; of what was written since, any block of 512 bytes may be
// missing.
class PowerCut {
 public:
  // `keeps_sync`: false for a disk, or a program, that does not wait: a change is safe only when so
  // many later ones have come. Throws std::runtime_error.
  PowerCut(const std::filesystem::path& record, bool keeps_sync);

  static constexpr std::size_t kLate = 100;

  std::size_t changes() const { return changes_.size(); }
  // How many of them these first bytes of the record are.
  std::size_t changes_in(std::size_t bytes) const;

  // The changes before this one have been made; never back.
  void advance_to(std::size_t count);

  // What is found afterwards: the files by name, without their folder.
  std::map<std::string, std::string> files(std::mt19937& random) const;

 private:
  struct Change {
    IoRecord::What what;
    std::string file;
    std::size_t offset;
    std::string data;
    std::size_t recorded_until;  // bytes of the record
  };
  struct File {
    std::string safe;
    std::vector<const Change*> pending;
    bool unlinked = false;
  };

  static void apply(const Change& change, std::string& content);

  bool keeps_sync_;
  std::vector<Change> changes_;
  std::size_t made_ = 0;
  std::map<std::string, File> files_;
};

}  // namespace nbasync::testing
