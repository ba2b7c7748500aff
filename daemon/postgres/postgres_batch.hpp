#pragma once

#include <string>

#include "db/batch.hpp"

namespace nbasync {

// The statements that write a batch, as the text of one message: the server has all of it before it
// begins, and needs nothing from us until it has committed. Empty if there is nothing to write.
// A row that somebody else has inserted meanwhile is updated. Pure.
std::string postgres_batch(const Batch& batch);

}  // namespace nbasync
