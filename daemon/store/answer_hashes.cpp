#include "store/answer_hashes.hpp"

#include <xxhash.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.hpp"

namespace nbasync {
namespace {

std::string hash(std::string_view bytes) {
  const XXH128_hash_t sum = XXH3_128bits(bytes.data(), bytes.size());
  return format("{:016x}{:016x}", sum.high64, sum.low64);
}

// The same text for the same context, in whatever order the map has it.
std::string hash(const DecodeContext& context) {
  std::vector<std::pair<std::string_view, std::int64_t>> homes(context.home_team_of.begin(),
                                                               context.home_team_of.end());
  std::sort(homes.begin(), homes.end());
  std::string text = context.season;
  for (const auto& [game, team] : homes) text += format("\n{} {}", game, team);
  return hash(text);
}

}  // namespace

std::optional<std::int64_t> AnswerHashes::known_rows(const Dataset& dataset,
                                                     const DecodeContext& context,
                                                     const Answers& answers) const {
  SQLite::Statement known(db_,
                          "SELECT scope, row_count FROM response_hashes WHERE request = ? AND "
                          "hash = ? AND decoding_version = ? AND context = ?");
  std::optional<std::string> scope;
  std::int64_t rows = 0;
  const std::string context_hash = hash(context);
  for (std::size_t i = 0; i < answers.requests.size(); ++i) {
    known.reset();
    known.bind(1, answers.requests[i].key());
    known.bind(2, hash(answers.bodies[i]));
    known.bind(3, dataset.decoding_version);
    known.bind(4, context_hash);
    if (!known.executeStep()) return std::nullopt;
    if (!known.getColumn(0).isNull()) scope = known.getColumn(0).getString();
    rows = known.getColumn(1).getInt64();
  }
  if (scope && count_rows(*dataset.table, *scope) != rows) return std::nullopt;
  return rows;
}

void AnswerHashes::remember(const Dataset& dataset, const DecodeContext& context,
                            const Answers& answers, const std::optional<std::string>& scope) {
  const std::int64_t rows = scope ? count_rows(*dataset.table, *scope) : 0;
  SQLite::Statement upsert(
      db_,
      "INSERT INTO response_hashes (request, hash, decoding_version, context, scope, row_count) "
      "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (request) DO UPDATE SET hash = excluded.hash, "
      "decoding_version = excluded.decoding_version, context = excluded.context, "
      "scope = excluded.scope, row_count = excluded.row_count WHERE (hash, decoding_version, "
      "context, scope, row_count) IS NOT (excluded.hash, excluded.decoding_version, "
      "excluded.context, excluded.scope, excluded.row_count)");
  const std::string context_hash = hash(context);
  for (std::size_t i = 0; i < answers.requests.size(); ++i) {
    upsert.reset();
    upsert.bind(1, answers.requests[i].key());
    upsert.bind(2, hash(answers.bodies[i]));
    upsert.bind(3, dataset.decoding_version);
    upsert.bind(4, context_hash);
    if (scope) {
      upsert.bind(5, *scope);
    } else {
      upsert.bind(5);
    }
    upsert.bind(6, rows);
    upsert.exec();
  }
}

std::int64_t AnswerHashes::count_rows(const Table& table, const std::string& scope) const {
  SQLite::Statement count(db_, format("SELECT count(*) FROM {} WHERE {}", table.name, table.scope));
  count.bind(1, scope);
  count.executeStep();
  return count.getColumn(0).getInt64();
}

}  // namespace nbasync
