#pragma once

#include <string>

#include "base/clock.hpp"

namespace nbasync {

// Something that was decided about a sync, and why: what Explain shows and the database keeps.
struct Decision {
  SystemTime at;
  std::string schedule;   // empty: no schedule's, but a request
  std::string sync_type;  // empty: of all, as for "paused"
  std::string word;       // "fired", "caught-up", "requested", "joined", "skipped", "missed", …
  std::string reason;     // a sentence
  std::string run_id;     // of the run that it made or met; may be empty
};

}  // namespace nbasync
