#pragma once

#include <vector>

#include "config/key.hpp"
#include "outlet/hook_options.hpp"

namespace nbasync {

// The key 'hooks', bound to this list.
Key hooks(std::vector<HookOptions>& hooks);

}  // namespace nbasync
