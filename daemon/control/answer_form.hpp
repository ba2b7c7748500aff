#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "control/media.hpp"
#include "control/problem_form.hpp"
#include "dataset/dataset.hpp"
#include "protocol/schema.hpp"

// What a route answers, described: enough for the document of the interface (openapi.hpp).
namespace nbasync {

// Gives the JSON Schema of a body. What it refers to is put into `components`.
using SchemaMaker = std::function<nlohmann::json(nlohmann::json& components)>;

struct MediaForm {
  std::string_view type;  // the content type
  SchemaMaker schema;     // of JSON, or of the JSON in each event or line; null: it is a text
};

struct HeaderForm {
  std::string_view name;
  std::string_view help;
};

// How success is told.
struct AnswerForm {
  int status = 200;
  std::vector<MediaForm> media = {};
  std::vector<HeaderForm> headers = {};
  bool tagged = false;  // has an ETag; 304 for who has it
};

// All that a route answers. The problems are those of its own: what every route may answer, and
// what every change may, is not among them.
struct Answers {
  std::vector<AnswerForm> forms;
  std::vector<ProblemForm> problems = {};
};

// A T of protocol/, as JSON. Who calls it includes <nlohmann/json.hpp>.
template <typename T>
AnswerForm json_answer(int status = 200) {
  return {status, {{media::kJson, protocol::schema_of<T>}}};
}

AnswerForm text_answer(std::string_view content_type);

// Rows of a table under the name of their list, with their count; see QueryAnswer.
AnswerForm rows_answer(std::string_view list, std::string_view row_name,
                       std::vector<Column> columns);
AnswerForm rows_answer(std::string_view list, const Table& table);

// A reference to the schema of such a row, which is put into `components`.
nlohmann::json schema_of_row(std::string_view name, const std::vector<Column>& columns,
                             nlohmann::json& components);

}  // namespace nbasync
