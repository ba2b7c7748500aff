#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"

// Runs in words.
namespace nbasync::ctl {

// The exit code that says how the run ended; by the table of protocol/errors.hpp.
int exit_code_of(const nlohmann::json& run);

// The colour of a run's status.
Colour colour_of(std::string_view status);

// The first eight characters of a run id: enough to know it by.
std::string short_id(const nlohmann::json& run);

// "2604 (30 inserted, 12 updated, 2562 unchanged), 0 deleted".
std::string rows_text(const nlohmann::json& run);

// What is told when a sync has ended: a line on how, then rows, traffic, error and steps.
std::string summary_text(const nlohmann::json& run, const Terminal& terminal);

// All that the log knows of a run.
std::string details_text(const nlohmann::json& run, SystemTime now, const Terminal& terminal);

// A table of runs: id, when, type, status, rows, duration, by.
std::string runs_text(const nlohmann::json& runs, SystemTime now, const Terminal& terminal);

// The same for the page of the status: the first so many, without ids.
std::string brief_runs_text(const nlohmann::json& runs, std::size_t most, SystemTime now,
                            const Terminal& terminal);

}  // namespace nbasync::ctl
