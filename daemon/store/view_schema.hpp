#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "db/connection.hpp"

// The views (dataset/views.hpp) in a database. What is ours carries a mark; what is not, is never
// touched. Blocking; the thread of the connection. Throws Error.
namespace nbasync::view_schema {

// Their whole text: part of what tells whether the database is up to date.
std::string text();

// Makes those that are not there, and anew those of another text. One that a user's own object
// needs stays as it is. Within a transaction.
void bring(Connection& connection, const std::stop_token& stop);

// Names that should be views of ours and are not, with why: "v_games (a table that is not ours)".
std::vector<std::string> strangers(Connection& connection, const std::stop_token& stop);

}  // namespace nbasync::view_schema
