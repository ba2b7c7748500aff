#pragma once

#include "store/difference.hpp"

namespace nbasync {

// Whether nothing but a game's clock has gone on (see Column::feed): no change that is told. Pure.
bool is_clock_alone(const TableChange& change, const Difference::Update& update);

}  // namespace nbasync
