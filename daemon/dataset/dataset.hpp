#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "model/request.hpp"

namespace nbasync {

// A cell of a row. monostate is SQL's NULL.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

enum class Type { kInteger, kReal, kText };

// What an upsert does to this column of a row that exists.
enum class OnUpdate {
  kReplace,     // the new value
  kKeepIfNull,  // the new value unless it is NULL: another dataset may know better
  kInsertOnly,  // nothing; written only with a new row
};

// How the feed of changes takes a change of this column.
enum class Feed {
  kTold,       // as a change of the row
  kClock,      // alone it is none: a game's clock
  kClockText,  // likewise, from one text that shows a clock to another: "Q3 4:10"
};

// A column of a table, as a dataset writes it.
struct Column {
  std::string_view name;
  Type type = Type::kText;
  bool key = false;
  OnUpdate on_update = OnUpdate::kReplace;
  Feed feed = Feed::kTold;
};

// A table of the database. Static data; the DDL, the migration and the upserts follow from it.
struct Table {
  std::string_view name;
  std::span<const Column> columns;  // all but stamp and created
  std::string_view scope;    // the rows one answer speaks of: a predicate with one ?, "season = $1"
  std::string_view stamp;    // the column set to the time of the change: "synced_at"
  std::string_view created;  // set when the row is made; empty where the table has none
};

// Rows, cell after cell; row r, column c is cells[r * columns.size() + c].
struct Rows {
  std::span<const Column> columns;
  std::vector<Value> cells;

  std::size_t size() const { return columns.empty() ? 0 : cells.size() / columns.size(); }
};

// What a decoded answer says about one table.
struct TableChange {
  const Table* table = nullptr;
  Rows rows;             // columns: all of the table's, or those that this dataset knows
  std::string scope;     // the parameter of the table's scope: "2025-26"
  bool complete = true;  // rows are all there is: rows of the scope that are not among them go
  bool counted = true;   // counts in the run's figures: the dataset's own table does
};

// Old rows that go once the changes are made.
struct Prune {
  const Table* table = nullptr;
  std::string_view predicate;  // with one parameter
  std::string value;
};

// What decoding needs to know beside the bodies.
struct DecodeContext {
  std::string season;                                          // "2025-26"
  std::unordered_map<std::string, std::int64_t> home_team_of;  // by game id, from the schedule
};

// Decoded answers, ready to be applied in one transaction, in order.
struct Decoded {
  std::vector<TableChange> changes;
  std::vector<Prune> prunes;
  std::string note;  // for the run's row when there is something to say
};

// Turns JSON into Decoded; see json_decoder.hpp.
class JsonDecoder;

// How a sync type waits for the lock when neither the request nor the configuration says.
struct LockWait {
  Duration timeout = std::chrono::seconds{10};
  bool wait = true;

  bool operator==(const LockWait&) const = default;
};

// One thing that can be synced: all that the program needs to know of it. Static data and pure
// functions; catalog.hpp lists them all.
struct Dataset {
  std::string_view name;                 // "game_logs": the sync type
  std::span<const Table* const> tables;  // that it writes
  LockWait lock = {};
  Duration stale_after{};         // without a success
  bool in_full = true;            // a part of the sync type `full`
  bool needs_home_teams = false;  // DecodeContext.home_team_of is wanted
  bool moves_games = false;       // may change which games are on, and when
  bool may_be_live = false;       // a schedule may poll it while games are on
  std::vector<Request> (*requests)(const std::string& season);
  // bodies: one for each request, in order. Throws Error(kUpstreamMalformed) naming endpoint and
  // column, or Error(kUpstreamEmpty).
  Decoded (*decode)(JsonDecoder& json, std::span<const std::string> bodies,
                    const DecodeContext& context);
};

}  // namespace nbasync
