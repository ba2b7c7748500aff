#pragma once

#include <string>
#include <vector>

#include "ctl/view/terminal.hpp"
#include "protocol/dictionary.hpp"

namespace nbasync::ctl {

// A table of columns under the name of each table.
std::string schema_text(const std::vector<protocol::TableEntry>& tables, const Terminal& terminal);

// CSV (RFC 4180) with a header, a line a column.
std::string schema_csv(const std::vector<protocol::TableEntry>& tables);

}  // namespace nbasync::ctl
