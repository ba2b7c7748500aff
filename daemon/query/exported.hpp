#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "model/export_question.hpp"

namespace nbasync {

// Throws Error(kInvalidArgument), with the nearest name, if there is no such table or view.
// Pure.
void require_table(const std::string& name);

// A table, or a view, as text: one SELECT, so all of it is of one moment, in the order of its key,
// of a view of its first columns. CSV has a header, NULL is an empty field without quotes; NDJSON
// has an object a line. `write` is given the text in parts. Rows of other leagues are left out, and
// columns that are not ours. Blocking; the thread of the connection. Throws Error(kStorage…),
// kCancelled, kInvalidArgument for a table that is none, and what `write` throws.
void export_table(Connection& connection, const ExportQuestion& question,
                  const std::function<void(std::string_view)>& write, const std::stop_token& stop);

}  // namespace nbasync
