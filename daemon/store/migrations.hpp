#pragma once

#include <stop_token>
#include <string_view>

#include "db/connection.hpp"

namespace nbasync {

// Gives the database what this program needs and it lacks: tables, columns, unique keys, indexes.
// What we do not know is left alone, nothing is dropped. Whether there is anything to look for is
// told by a fingerprint in table nbasync_meta: of all that is declared here, and of the schema that
// the file had when it was last looked at; so a table that somebody dropped is there again after
// the next start. One transaction, of which there is none if nothing is to be looked for. Blocking.
// Throws Error; kStorage, and nothing is changed, if rows share a key.
void bring_file_up_to_date(Connection& connection, const std::stop_token& stop = {});

// Whether it is a table that is kept, without rows, for 0.1 alone.
bool is_of_0_1(std::string_view table);

}  // namespace nbasync
