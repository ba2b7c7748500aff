#pragma once

#include "dataset/dataset.hpp"

namespace nbasync {

// What a season did not count yet is not known, whatever an answer says: three-pointers before
// 1979-80, steals, blocks, turnovers and whose rebounds before 1973-74, who was on the floor before
// 1996-97. By the names of the columns, which are the same in all tables.
void forget_uncounted(Rows& rows, int start_year);

// The share of shots that went in is not known where there were none.
void forget_unattempted(Rows& rows);

}  // namespace nbasync
