#pragma once

#include <string>
#include <string_view>

#include "model/run_record.hpp"

namespace nbasync::ctl {

// What a person can do about a run of that type that ended with this code of protocol/errors.
// run_id: of the run.
std::string advice(std::string_view error_code, std::string_view sync_type,
                   const std::string& run_id);

}  // namespace nbasync::ctl
