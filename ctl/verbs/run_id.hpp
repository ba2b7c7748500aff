#pragma once

#include <string>

#include "ctl/transport/client.hpp"

namespace nbasync::ctl {

// The whole run id of what a user wrote: the id itself, or a beginning of it that only one of the
// known runs has. Throws Error: kUnknownRun for none, kInvalidArgument for several.
std::string whole_run_id(Client& client, const std::string& written);

// That of the run that was written to the log last. Throws Error(kUnknownRun) if there is none.
std::string last_run_id(Client& client);

}  // namespace nbasync::ctl
