#pragma once

#include <cstddef>
#include <string>

namespace nbasync {

// What a dry run would change. Text, because a season's rows as values take ten times the memory.
struct RowChanges {
  // JSON objects with commas between them: {"table":…,"op":…,"key":{…},"old":{…},"new":{…}}. op is
  // "insert", "update" or "delete"; an insert has no old, a delete no new, an update has of both
  // the columns that differ.
  std::string rows;
  std::size_t count = 0;
  bool truncated = false;  // there are more; the counts of the run are exact all the same
};

}  // namespace nbasync
