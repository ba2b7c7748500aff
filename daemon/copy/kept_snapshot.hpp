#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "db/connection.hpp"

namespace nbasync {

// Where snapshots are kept, and what is told of one beside it.
struct KeptSnapshots {
  std::filesystem::path directory;  // made if only its last part is not there
  std::size_t keep = 1;             // so many stay, the newest
  std::string season;               // in force
  std::string version;              // of the program
};

struct KeptSnapshot {
  std::string path;
  std::uintmax_t bytes = 0;
  std::vector<std::string> removed;  // older ones
};

// Makes a snapshot (copy/snapshot) as nbasync-20260115T120000Z.db, and beside it the same name with
// .json: time, season, rows of each table, bytes, sha256. Both are written under other names and
// have theirs when they are on the disk, the JSON first. Then of those that this program has made
// there, which the JSON tells, the oldest go. What fails leaves nothing, and one that a killed
// daemon has begun goes an hour later. Blocking; the thread of the connection. Throws Error, naming
// the directory: kStorage…, kCancelled.
KeptSnapshot keep_snapshot(Connection& connection, const KeptSnapshots& where, SystemTime now,
                           const std::stop_token& stop);

}  // namespace nbasync
