#pragma once

#include <string>
#include <vector>

#include "ctl/view/terminal.hpp"
#include "protocol/change.hpp"

// Rows of the feed of changes in words.
namespace nbasync::ctl {

// A table, oldest first: seq, when, table, change, row, what.
std::string changes_text(const std::vector<protocol::Change>& changes, const Terminal& terminal);

// One of a stream, on a line without its end.
std::string change_line(const protocol::Change& change, const Terminal& terminal);

}  // namespace nbasync::ctl
