#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "control/handlers.hpp"
#include "control/route_tables.hpp"
#include "dataset/catalog.hpp"
#include "dataset/dictionary.hpp"
#include "dataset/views.hpp"
#include "model/export_question.hpp"
#include "protocol/dictionary.hpp"

namespace nbasync::route_tables {
namespace {

std::vector<std::string_view> described_names() {
  std::vector<std::string_view> names;
  for (const auto& table : dictionary()) names.push_back(table.name);
  return names;
}

// A line of an export: a row of one of the tables, or of the views.
nlohmann::json line_schema(nlohmann::json& components) {
  auto rows = nlohmann::json::array();
  for (const Table* table : tables())
    rows.push_back(schema_of_row(table->name, all_columns(*table), components));
  for (const View& view : views()) {
    rows.push_back(schema_of_row(view.name, view.columns, components));
  }
  return {{"anyOf", std::move(rows)}};
}

// Bytes have no type in OpenAPI.
nlohmann::json file_schema(nlohmann::json&) { return {{"contentMediaType", media::kSqlite}}; }

Answers a_file(std::vector<MediaForm> media) {
  const AnswerForm form{
      .media = std::move(media),
      .headers = {{"Content-Disposition", "a name for the file"}, {"Cache-Control", "no-store"}}};
  return {{form}, with(storage_problems(), {problem_form(Errc::kStorageFull)})};
}

}  // namespace

std::vector<Route> file_routes() {
  using P = Parameter;
  constexpr auto kRead = Access::kRead;
  return {
      make_route("GET", "/api/v1/schema", kRead,
                 "What each column of the tables means, with its unit and its source.",
                 {{json_answer<protocol::DataSchema>()}}, handle::get_schema,
                 P::word("table", described_names(), "", "of this table only")),
      make_route("GET", {"/api/v1/export/{name}", "the name of a table or view of the data"}, kRead,
                 "A table of the data as a file.",
                 a_file({{media::kCsv, nullptr}, {media::kLines, line_schema}}),
                 handle::export_table, P::season("season", "of this season only"),
                 P::word("format", words_of<ExportFormat>(), to_string(ExportFormat::kCsv),
                         "in this form")),
      make_route("GET", "/api/v1/snapshot", kRead,
                 "The whole database as one file of SQLite, of one moment.",
                 a_file({{media::kSqlite, file_schema}}), handle::get_snapshot),
  };
}

}  // namespace nbasync::route_tables
