#pragma once

#include <functional>
#include <optional>
#include <stop_token>

#include "base/clock.hpp"
#include "db/database.hpp"
#include "store/log_batch.hpp"
#include "sync/log_writer.hpp"

namespace nbasync {

// Part of the transaction that writes a run.
using NoteRun = std::function<void(Connection&, const RunRecord&, const std::stop_token&)>;

// Writes over a connection of its own, which it opens with the first batch; it waits for other
// programs as the database's options say, or so long. To tidy up it removes some runs that are
// old, and empties the write-ahead log. Old rows of the feed of changes go in transactions of their
// own, and that they cannot is only logged. For one thread at a time; `database` must outlive it.
LogWriter::Write write_log_to(
    const Database& database, std::optional<Duration> busy_timeout = std::nullopt,
    NoteRun note = [](auto&, const auto&, const auto&) {});

}  // namespace nbasync
