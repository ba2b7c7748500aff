#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace nbasync::testing {

// What is peculiar to databases of the predecessor: each by its name, "unique abbreviations".
std::vector<std::string> predecessor_traits();

// Makes a file with the predecessor's tables, which have these traits and a few rows each. The same
// seed makes the same rows. Season 2025-26 has rows that a sync of it writes, and others.
void make_predecessor_file(const std::string& path, const std::set<std::string>& traits,
                           unsigned seed = 1);

// What of a database is not nbasync's, as texts by what they are of: indices, views, triggers and
// tables that it does not know, their rows, its tables' other columns, and the rows of its tables
// that no sync may touch. `log_rows`: the rows of data_sync_log up to that id are the
// predecessor's.
std::map<std::string, std::string> not_ours(const std::string& path, long log_rows);

}  // namespace nbasync::testing
