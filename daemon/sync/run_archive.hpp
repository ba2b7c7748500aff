#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/result.hpp"
#include "db/read_pool.hpp"
#include "model/run_record.hpp"

// The run log as the loop thread asks it: each question goes to a reader and comes back as a
// callback, on the loop thread, once, never inside the call.
namespace nbasync::run_archive {

// kUnknownRun, with its sentence.
Error unknown(const std::string& run_id);

// The run from the log; else `fallback`; else kUnknownRun.
void find(ReadPool& readers, const std::string& run_id, std::optional<RunRecord> fallback,
          std::function<void(Result<RunRecord>)> done);

void list(ReadPool& readers, unsigned limit, RunFilter filter,
          std::function<void(Result<std::vector<RunRecord>>)> done);

}  // namespace nbasync::run_archive
