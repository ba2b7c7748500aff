#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "dataset/season_facts.hpp"
#include "model/request.hpp"

namespace nbasync {

// A cell of a row. monostate is SQL's NULL.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

enum class Type {
  kInteger,
  kCount,  // a whole number, but in some old games: 1996-97 has 26.2 turnovers
  kReal,
  kText
};

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

// What the cells of a column say, for people; see dataset/dictionary.hpp.
struct Meaning {
  std::string_view text = {};    // a sentence without its capital and its full stop
  std::string_view unit = {};    // "points"; of what has none, what it is: "id", "text"
  std::string_view source = {};  // the answer of upstream that has it, or how it is made
  std::string_view field = {};   // what that answer calls it
  bool of_opponent = false;      // the text tells it of the team itself
};

// A column of a table, as a dataset writes it.
struct Column {
  std::string_view name;
  Type type = Type::kText;
  bool key = false;
  OnUpdate on_update = OnUpdate::kReplace;
  Feed feed = Feed::kTold;
  Meaning meaning = {};

  // The same column with its meaning.
  constexpr Column says(std::string_view text, std::string_view unit,
                        std::string_view source = {}) const {
    Column column = *this;
    column.meaning = {text, unit, source};
    return column;
  }
};

// A table of the database. Static data; the DDL, the migration and the upserts follow from it.
struct Table {
  std::string_view name;
  std::span<const Column> columns;  // all but stamp and created
  std::string_view stamp;           // the column set to the time of the change: "synced_at"
  std::string_view created;         // set when the row is made; empty where the table has none
  std::string_view about = {};      // what a row is, for people: a sentence as in Meaning
};

// Rows, cell after cell; row r, column c is cells[r * columns.size() + c].
struct Rows {
  std::span<const Column> columns;
  std::vector<Value> cells;

  std::size_t size() const { return columns.empty() ? 0 : cells.size() / columns.size(); }

  // The column's position, or the row's width.
  std::size_t place(std::string_view column) const {
    const auto found = std::ranges::find(columns, column, &Column::name);
    return static_cast<std::size_t>(found - columns.begin());
  }
};

// How much of a scope may be missing before an answer counts as short: a few rows, or a fraction;
// of a small scope none.
inline constexpr std::size_t kFew = 5;
inline constexpr double kMostMissing = 0.02;
inline constexpr std::size_t kSmallScope = 250;
constexpr bool is_beyond_fraction(std::size_t missing, std::size_t of) {
  return static_cast<double>(missing) > kMostMissing * static_cast<double>(of);
}
constexpr bool is_short(std::size_t missing, std::size_t of) {
  if (of < kSmallScope) return missing > 0;
  return missing > kFew && is_beyond_fraction(missing, of);
}

// A part of a table: what one answer speaks of, and a guard judges as one.
struct Scope {
  std::string_view predicate;  // "season = $1 AND game_id LIKE $2"
  std::vector<Value> values;
  std::string name;  // in messages, and for what is remembered: "team_game_logs 2025-26 playoffs"
};

// What the guards have to know of a change beside the rows that are stored. See store/guard.hpp.
struct Expectation {
  std::size_t rows = 0;  // that the answer should have, by what else is known; 0: not known
  bool each = false;     // not one of them may be missing
  // Whether a stored row with this key may go, whatever its number. Null: none may.
  std::function<bool(const SeasonFacts& facts, std::span<const Value> key)> may_go = {};
  double free = 0;  // this part of the rows, or a few, may be missing without a word
  // Of a change that is not complete, and so removes nothing: the keys of rows that should be in
  // the answer and are not.
  std::vector<std::vector<Value>> lost = {};
};

// What a decoded answer says about one table.
struct TableChange {
  const Table* table = nullptr;
  Rows rows;             // columns: all of the table's, or those that this dataset knows
  Scope scope;           // needed if it is complete; else it is where the rows are looked for first
  bool complete = true;  // rows are all there is: rows of the scope that are not among them go
  bool counted = true;   // counts in the run's figures: the dataset's own table does
  bool inserts = true;   // rows that are not stored are inserted
  bool updates = true;   // rows that are stored are brought up to date
  std::optional<Expectation> guard = {};
  std::vector<std::vector<Value>> spared = {};  // keys of rows that the answer has, but unreadable
};

// Old rows that go once the changes are made.
struct Prune {
  const Table* table = nullptr;
  Scope scope;
};

// Something of an answer that is not believed yet: of which game or scope, and what it says.
struct Claim {
  std::string about;
  std::string claim;  // empty: nothing is claimed any more
};

// Decoded answers, ready to be applied in one transaction, in order.
struct Decoded {
  std::vector<TableChange> changes;
  std::vector<Prune> prunes;
  std::string note = {};                  // for the run's row when there is something to say
  std::vector<Claim> claims = {};         // to be remembered
  std::vector<std::string> checked = {};  // scopes that need not be asked for again soon
};

// Adds a sentence to a note, which is of kLongestMessage at most.
inline void add_note(std::string& note, std::string_view more) {
  if (more.empty()) return;
  if (!note.empty()) note += "; ";
  note = printable(note + std::string(more), kLongestMessage);
}

// One answer of upstream.
struct Fetched {
  Request request;
  std::string body;
  std::optional<Error> failure = {};  // of a request that may fail; then there is no body
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
  Duration stale_after{};        // without a success
  bool in_full = true;           // a part of the sync type `full`, unless sync.full says otherwise
  bool is_of_games = false;      // has nothing before the season's first game
  const Table* lines = nullptr;  // of it: a row, or several, a game; SeasonFacts.lines is of it
  bool tells_games = false;      // the requests of others depend on what it stores
  bool moves_games = false;      // may change which games are on, and when
  bool may_be_live = false;      // a schedule may poll it while games are on
  std::vector<Request> (*requests)(const SeasonFacts& facts);
  // What the answers so far make it ask for besides; called once. Null: nothing. Throws as decode.
  std::vector<Request> (*more_requests)(JsonDecoder& json, std::span<const Fetched> answers,
                                        const SeasonFacts& facts) = nullptr;
  // answers: one for each request, in order, then those for more_requests. Throws
  // Error(kUpstreamMalformed) naming endpoint and column, kUpstreamEmpty or kUpstreamShort.
  Decoded (*decode)(JsonDecoder& json, std::span<const Fetched> answers, const SeasonFacts& facts);
};

}  // namespace nbasync
