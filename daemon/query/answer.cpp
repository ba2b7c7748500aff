#include "query/answer.hpp"

#include <xxhash.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "db/json_text.hpp"

namespace nbasync {
namespace {

// "{"id":", ",\"season\":", …: what stands before each cell of a row.
std::vector<std::string> prefixes(const Row& row) {
  std::vector<std::string> result;
  for (const auto name : row.names) {
    auto& prefix = result.emplace_back(result.empty() ? "{" : ",");
    append_json_string(prefix, name);
    prefix += ':';
  }
  return result;
}

}  // namespace

std::string etag_of(std::string_view text) {
  const auto hash = XXH3_128bits(text.data(), text.size());
  return format("\"{:016x}{:016x}\"", hash.high64, hash.low64);
}

QueryAnswer answer(Connection& connection, const Query& query, const std::stop_token& stop) {
  QueryAnswer answer;
  std::string& json = answer.json;
  json = format("{{\"{}\":[", query.name);
  std::vector<std::string> before;
  connection.each(
      query.sql, query.values,
      [&](const Row& row) {
        if (answer.rows == 0) before = prefixes(row);
        if (answer.rows++ > 0) json += ',';
        for (std::size_t c = 0; c < before.size(); ++c) {
          json += before[c];
          append_json_cell(json, row[c]);
        }
        json += '}';
      },
      stop);
  json += format("],\"count\":{}}}\n", answer.rows);
  answer.etag = etag_of(json);
  return answer;
}

}  // namespace nbasync
