#include "query/exported.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/csv.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "dataset/dictionary.hpp"
#include "dataset/views.hpp"
#include "db/json_text.hpp"
#include "db/table_sql.hpp"
#include "query/query.hpp"

namespace nbasync {
namespace {

constexpr std::size_t kPart = 64 << 10;  // bytes of text that are kept

// A table or a view.
struct Source {
  std::string_view name;
  std::vector<Column> columns;
  std::string_view game;  // the column that names a row's game; empty: there is no need to look
  std::string order;
};

std::string key_of(const Table& table) {
  return table_sql::joined(table_sql::key_names(table.columns));
}

Source find_source(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Table* table : tables()) {
    if (table->name == name) {
      return {table->name, all_columns(*table), game_column(*table), key_of(*table)};
    }
    names.push_back(table->name);
  }
  for (const View& view : views()) {
    if (view.name == name) return {view.name, view.columns, "", "1, 2, 3, 4"};
    names.push_back(view.name);
  }
  throw Error(Errc::kInvalidArgument,
              format("unknown table {}{}", in_quotes(name, kLongestExcerpt), suggest(name, names)));
}

Query query_of(const Source& source, const std::string& season) {
  Query query{std::string(source.name), "SELECT ", {}};
  for (const Column& column : source.columns) {
    query.sql += format("{}{}", &column == source.columns.data() ? "" : ", ", column.name);
  }
  query.sql += format(" FROM {}", source.name);
  if (!source.game.empty()) query.sql += format(" WHERE {} LIKE '00%'", source.game);
  if (!season.empty()) {
    query.values.emplace_back(season);
    query.sql += format(" {} season = $1", source.game.empty() ? "WHERE" : "AND");
  }
  query.sql += format(" ORDER BY {}", source.order);
  return query;
}

// What is no number of JSON's is empty, too, and so are bytes.
void append_csv_cell(std::string& line, const Cell& cell) {
  const auto* real = std::get_if<double>(&cell);
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    append_csv_field(line, *text);
  } else if (std::holds_alternative<std::int64_t>(cell) || (real && std::isfinite(*real))) {
    append_json_cell(line, cell);
  }
}

void append_csv_row(std::string& text, const Row& row) {
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (c > 0) text += ',';
    append_csv_cell(text, row[c]);
  }
  text += kCsvLineEnd;
}

void append_json_row(std::string& text, const Row& row) {
  for (std::size_t c = 0; c < row.size(); ++c) {
    text += c == 0 ? '{' : ',';
    append_json_string(text, row.names[c]);
    text += ':';
    append_json_cell(text, row[c]);
  }
  text += "}\n";
}

}  // namespace

void require_table(const std::string& name) { find_source(name); }

void export_table(Connection& connection, const ExportQuestion& question,
                  const std::function<void(std::string_view)>& write, const std::stop_token& stop) {
  const Source source = find_source(question.table);
  const auto query = query_of(source, question.season);
  const bool is_csv = question.format == ExportFormat::kCsv;
  std::string text;
  for (std::size_t c = 0; is_csv && c < source.columns.size(); ++c) {
    text += format("{}{}", c == 0 ? "" : ",", source.columns[c].name);
  }
  if (is_csv) text += kCsvLineEnd;
  connection.each(
      query.sql, query.values,
      [&](const Row& row) {
        is_csv ? append_csv_row(text, row) : append_json_row(text, row);
        if (text.size() < kPart) return;
        write(text);
        text.clear();
      },
      stop);
  write(text);
}

}  // namespace nbasync
