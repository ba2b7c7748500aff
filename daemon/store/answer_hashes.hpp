#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <string>

#include "dataset/dataset.hpp"
#include "store/store.hpp"

namespace nbasync {

// Remembers which answers the rows were made of, so that the same answers need neither decoding nor
// writing. Throws SQLite::Exception.
class AnswerHashes {
 public:
  static constexpr const char* kCreateTable =
      "CREATE TABLE IF NOT EXISTS response_hashes (request TEXT NOT NULL PRIMARY KEY, "
      "hash TEXT NOT NULL, decoding_version INTEGER NOT NULL, context TEXT NOT NULL, scope TEXT, "
      "row_count INTEGER NOT NULL) WITHOUT ROWID";

  explicit AnswerHashes(SQLite::Database& db) : db_(db) {}

  // How many rows these answers stand for, if they are the remembered ones and their rows are
  // there.
  std::optional<std::int64_t> known_rows(const Dataset& dataset, const DecodeContext& context,
                                         const Answers& answers) const;

  // Within the transaction that stored the rows. `scope` is that of the dataset's own table,
  // nullopt if the answers said nothing about it. Writes nothing if all is known already.
  void remember(const Dataset& dataset, const DecodeContext& context, const Answers& answers,
                const std::optional<std::string>& scope);

 private:
  std::int64_t count_rows(const Table& table, const std::string& scope) const;

  SQLite::Database& db_;
};

}  // namespace nbasync
