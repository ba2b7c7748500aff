#include "query/changes.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "db/json_text.hpp"

namespace nbasync {
namespace {

// After the two bounds.
constexpr std::string_view kColumns =
    "c.seq, c.run_id, c.changed_at, c.table_name, c.row_key, c.change, c.before, c.after, "
    "c.is_correction";

void check_table(const std::string& table) {
  if (table.empty()) return;
  std::vector<std::string_view> names;
  for (const Table* each : tables()) names.push_back(each->name);
  if (std::ranges::find(names, table) != names.end()) return;
  throw Error(
      Errc::kInvalidArgument,
      format("unknown table {}{}", in_quotes(table, kLongestExcerpt), suggest(table, names)));
}

struct Sql {
  std::string text;
  std::vector<Value> values;
};

Sql sql_of(const ChangesQuestion& question) {
  Sql sql;
  std::string where;
  const auto add = [&](std::string_view condition, Value value) {
    sql.values.push_back(std::move(value));
    where += format("{}{} ${}", where.empty() ? " WHERE " : " AND ", condition, sql.values.size());
  };
  if (question.since) add("seq >", *question.since);
  if (!question.table.empty()) add("table_name =", question.table);
  if (!question.run_id.empty()) add("run_id =", question.run_id);
  if (question.corrections)
    where += where.empty() ? " WHERE is_correction = 1" : " AND is_correction = 1";
  sql.values.emplace_back(std::int64_t{question.limit} + (question.since ? 1 : 0));
  sql.text = format(
      "SELECT b.oldest, b.newest, {} FROM (SELECT (SELECT min(seq) FROM nbasync_changes) AS "
      "oldest, "
      "(SELECT max(seq) FROM nbasync_changes) AS newest) AS b LEFT JOIN (SELECT * FROM "
      "nbasync_changes{} ORDER BY seq{} LIMIT ${}) AS c ON true ORDER BY c.seq",
      kColumns, where, question.since ? "" : " DESC", sql.values.size());
  return sql;
}

// A cell that is JSON, or a text where somebody else has written it.
void append_object(std::string& json, const Cell& cell) {
  const auto* text = std::get_if<std::string_view>(&cell);
  if (text != nullptr && text->starts_with('{') && text->ends_with('}')) {
    json += *text;
  } else {
    append_json_cell(json, cell);
  }
}

void append_row(std::string& json, const Row& row) {
  constexpr std::size_t kFirst = 2;
  for (std::size_t c = kFirst; c < row.size(); ++c) {
    json += c == kFirst ? '{' : ',';
    append_json_string(json, row.names[c]);
    json += ':';
    const auto name = row.names[c];
    if (name == "is_correction") {
      json += to_integer(row[c]) != 0 ? "true" : "false";
    } else if (name == "row_key" || name == "before" || name == "after") {
      append_object(json, row[c]);
    } else {
      append_json_cell(json, row[c]);
    }
  }
  json += '}';
}

std::string why_gone(std::int64_t since, std::int64_t oldest, std::int64_t newest) {
  if (since > newest) {
    return format(
        "change {} is unknown, the newest is {}: the database is another one; read its tables, "
        "then "
        "ask for the changes since {}",
        since, newest, newest);
  }
  if (oldest > 0 && since < oldest - 1) {
    return format(
        "the changes after {} are kept no longer, the oldest is {}; read the tables, then ask for "
        "the changes since {}",
        since, oldest, newest);
  }
  return {};
}

}  // namespace

ChangesAnswer changes(Connection& connection, const ChangesQuestion& question,
                      std::string_view between, const std::stop_token& stop) {
  check_table(question.table);
  ChangesAnswer answer;
  std::int64_t newest = 0;
  std::int64_t last = 0;
  const auto sql = sql_of(question);
  connection.each(
      sql.text, sql.values,
      [&](const Row& row) {
        answer.oldest_seq = to_integer(row[0]);
        newest = to_integer(row[1]);
        if (std::holds_alternative<std::monostate>(row[2])) return;  // none is such
        answer.more = answer.count == question.limit;
        if (answer.more) return;
        if (answer.count++ > 0) answer.rows += between;
        append_row(answer.rows, row);
        last = to_integer(row[2]);
      },
      stop);
  answer.last_seq = answer.more ? last : newest;
  if (question.since) answer.gone = why_gone(*question.since, answer.oldest_seq, newest);
  return answer;
}

}  // namespace nbasync
