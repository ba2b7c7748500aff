#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "model/run_record.hpp"
#include "sync/step.hpp"

// How a run or a step of it ended, in its record. Pure.
namespace nbasync {

void set_failed(RunRecord& record, Errc code, const std::string& message);

// Says how it ended that did not end by itself, and at which step.
void set_stopped(RunRecord& record, RunStatus why, std::string_view step);

void set_result(RunRecord& record, const Step::Result& result);

// Adds what a step did to what the whole run did.
void add(RunRecord& whole, const RunRecord& step);

}  // namespace nbasync
