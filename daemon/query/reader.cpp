#include "query/reader.hpp"

#include <sqlite3.h>
#include <xxhash.h>

#include <iterator>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "store/json_text.hpp"
#include "store/sqlite_error.hpp"

namespace nbasync {
namespace {

// What SQLite throws comes out as Error.
template <typename Work>
auto guarded(const std::string& path, std::chrono::milliseconds busy_timeout, Work work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    throw as_error(error, path, 0, busy_timeout);
  }
}

// "{"id":", ",\"season\":", …: what stands before each cell of a row.
std::vector<std::string> prefixes(const Prepared& statement) {
  std::vector<std::string> result;
  for (int c = 0; c < statement.columns(); ++c) {
    auto& prefix = result.emplace_back(c == 0 ? "{" : ",");
    append_json_string(prefix, statement.name(c));
    prefix += ':';
  }
  return result;
}

std::string etag_of(std::string_view text) {
  const auto hash = XXH3_128bits(text.data(), text.size());
  return format("\"{:016x}{:016x}\"", hash.high64, hash.low64);
}

}  // namespace

Reader::Reader(const std::string& path, std::chrono::milliseconds busy_timeout)
    : path_(path), busy_timeout_(busy_timeout), db_(guarded(path, busy_timeout, [&] {
        return SQLite::Database(path, SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX,
                                static_cast<int>(busy_timeout.count()));
      })) {
  guarded(path_, busy_timeout_, [&] {
    db_.exec("PRAGMA query_only = ON");
    db_.exec("PRAGMA trusted_schema = OFF");
    db_.exec("PRAGMA cache_size = -1024");  // KiB; the system's cache holds the file anyway
  });
}

Prepared& Reader::prepared(const std::string& sql) {
  const auto known = statements_.find(sql);
  return known != statements_.end() ? known->second
                                    : statements_.try_emplace(sql, db_, sql).first->second;
}

QueryAnswer Reader::answer(const Question& question) {
  return guarded(path_, busy_timeout_, [&] {
    Prepared& statement = prepared(question.sql);
    const ResetAtEnd reset(statement);
    int index = 0;
    for (const auto& value : question.values) {
      ++index;
      std::visit([&](const auto& each) { statement.bind(index, each); }, value);
    }
    QueryAnswer answer;
    std::string& json = answer.json;
    json = format("{{\"{}\":[", question.name);
    std::size_t rows = 0;
    std::vector<std::string> before;
    for (; statement.step(); ++rows) {
      if (rows == 0) before = prefixes(statement);  // now: the step may have seen a new schema
      if (rows > 0) json += ',';
      for (std::size_t c = 0; c < before.size(); ++c) {
        json += before[c];
        append_json_cell(json, statement.column(static_cast<int>(c)));
      }
      json += '}';
    }
    json += format("],\"count\":{}}}\n", rows);
    answer.etag = etag_of(json);
    return answer;
  });
}

}  // namespace nbasync
