#include "dataset/result_set.hpp"

#include <simdjson.h>

#include <numeric>
#include <optional>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/large_pages.hpp"
#include "base/text.hpp"
#include "dataset/date.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/row_index.hpp"
#include "dataset/value.hpp"
#include "dataset/whole_number.hpp"
#include "model/season_type.hpp"

namespace nbasync {
namespace {

namespace dom = simdjson::dom;

[[noreturn]] void malformed_set(std::string_view label, const std::string& why) {
  throw Error(Errc::kUpstreamMalformed, format("{}: {}", label, why));
}

dom::element find_set(dom::element root, std::string_view name, std::string_view label) {
  dom::element set;
  if (root["resultSet"].get(set) == simdjson::SUCCESS && set.is_object()) return set;
  dom::array sets;
  if (root["resultSets"].get(sets) != simdjson::SUCCESS) {
    malformed_set(label, "the answer has no resultSets; upstream may have changed its format");
  }
  for (const dom::element candidate : sets) {
    std::string_view its_name;
    if (candidate["name"].get(its_name) == simdjson::SUCCESS && its_name == name) return candidate;
  }
  if (sets.size() == 1) return sets.at(0).value();
  malformed_set(label, format("the answer has no result set {}", name));
}

dom::array member(dom::element set, std::string_view name, std::string_view label) {
  dom::array list;
  if (set[name].get(list) != simdjson::SUCCESS) {
    malformed_set(label, format("the result set has no {}", name));
  }
  return list;
}

// For each header the field it fills, or kNowhere.
std::vector<std::size_t> match_headers(dom::array headers, std::span<const ResultColumn> fields,
                                       std::string_view label) {
  std::vector<std::size_t> field_of;
  std::vector<bool> found(fields.size());
  for (const dom::element header : headers) {
    std::string_view name;
    if (header.get(name) != simdjson::SUCCESS) malformed_set(label, "a header is not text");
    std::size_t field = 0;
    while (field < fields.size() && (fields[field].header != name || found[field])) ++field;
    if (field < fields.size()) found[field] = true;
    field_of.push_back(field < fields.size() ? field : kNowhere);
  }
  for (std::size_t field = 0; field < fields.size(); ++field) {
    if (found[field] || fields[field].need <= Need::kIfThere) continue;
    malformed_set(
        label, format("column {} is missing; upstream may have renamed it", fields[field].header));
  }
  return field_of;
}

// nullopt if the cell is not of that kind.
std::optional<Value> convert(dom::element cell, const ResultColumn& field) {
  if (cell.is_null()) {
    if (field.need == Need::kRequired || field.need == Need::kKey) return std::nullopt;
    return Value();
  }
  switch (field.kind) {
    case Kind::kInteger:
      return whole_number(cell);
    case Kind::kCount:
      if (auto whole = whole_number(cell)) return whole;
      [[fallthrough]];
    case Kind::kReal:
      if (!cell.is_number() || is_too_large(cell)) return std::nullopt;
      return cell.get_double().value();
    case Kind::kText:
      if (cell.is_string() && cell.get_string_length().value_unsafe() <= kLongestText) {
        return std::string(cell.get_string().value_unsafe());
      }
      return std::nullopt;
    case Kind::kDate:
      if (cell.is_string()) {
        const std::string_view date = cell.get_string().value_unsafe().substr(0, 10);
        if (parse_date(date)) return std::string(date);
      }
      return std::nullopt;
  }
  return std::nullopt;
}

// What is wrong with a cell that convert() does not take.
std::string_view fault_of(dom::element cell, const ResultColumn& field) {
  switch (field.kind) {
    case Kind::kInteger:
      return is_too_large(cell) ? "is too large" : "is not a whole number";
    case Kind::kCount:
    case Kind::kReal:
      return is_too_large(cell) ? "is too large" : "is not a number";
    case Kind::kText:
      return "is not text";
    case Kind::kDate:
      return "is not a date";
  }
  return "";
}

// What a message says of a cell that is not of that kind.
std::string why_not(dom::element cell, const ResultColumn& field) {
  const bool is_text = cell.is_string();
  const std::string_view text = is_text ? cell.get_string().value_unsafe() : std::string_view();
  if (field.kind == Kind::kText && text.size() > kLongestText) return too_long(text);
  std::string shown = "a list";
  if (is_text) {
    shown = format("\"{}\"", excerpt(text));
  } else if (cell.is_object()) {
    shown = "an object";
  } else if (!cell.is_array()) {
    shown = simdjson::minify(cell);
  }
  return format("{} {}", shown, fault_of(cell, field));
}

void read_row(dom::element row, std::span<const std::size_t> field_of,
              std::span<const ResultColumn> fields, std::span<const std::size_t> places,
              std::span<Value> out, std::string_view label, std::size_t number) {
  dom::array cells;
  if (row.get(cells) != simdjson::SUCCESS)
    malformed_set(label, format("row {} is no list", number));
  std::size_t c = 0;
  for (const dom::element cell : cells) {
    if (c == field_of.size()) break;
    const std::size_t field = field_of[c++];
    if (field == kNowhere) continue;
    auto value = convert(cell, fields[field]);
    if (!value && fields[field].need == Need::kIfReadable) value.emplace();
    if (!value) {
      malformed_set(label, format("row {}, column {}: {}", number, fields[field].header,
                                  why_not(cell, fields[field])));
    }
    if (places[field] != kNowhere) out[places[field]] = std::move(*value);
  }
  if (c != field_of.size() || cells.size() != field_of.size()) {
    malformed_set(
        label, format("row {} has {} cells for {} headers", number, cells.size(), field_of.size()));
  }
}

void require_unique(const Grid& grid, std::span<const ResultColumn> fields,
                    std::string_view label) {
  std::vector<std::size_t> keys;
  std::vector<std::string_view> names;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (fields[f].need != Need::kKey) continue;
    keys.push_back(f);
    names.push_back(fields[f].header);
  }
  if (keys.empty()) return;
  RowIndex(grid.cells, grid.width, keys).require_unique(names, label);
}

// The wanted cells of a result set, so many a row; each field goes to its place there.
std::vector<Value> read_cells(JsonDecoder& json, const std::string& body, const std::string& label,
                              std::string_view name, std::span<const ResultColumn> fields,
                              std::span<const std::size_t> places, std::size_t width) {
  const dom::element set = find_set(json.parse(body, label), name, label);
  const auto field_of = match_headers(member(set, "headers", label), fields, label);
  const dom::array rows = member(set, "rowSet", label);
  std::vector<Value> cells;
  reserve_large(cells, rows.size() * width);
  std::size_t number = 0;
  for (const dom::element row : rows) {
    const std::size_t start = cells.size();
    cells.resize(start + width);
    read_row(row, field_of, fields, places, std::span(cells).subspan(start), label, ++number);
  }
  return cells;
}

}  // namespace

std::string label_of(const Request& request) {
  std::string label(request.endpoint());
  for (const auto& [name, value] : request.query) {
    const bool regular = value == names_of(SeasonType::kRegular).upstream;
    if (name == "MeasureType" || (name == "Location" && !value.empty()) ||
        (name == "SeasonType" && !regular)) {
      label += ' ' + value;
    }
  }
  return label;
}

Grid read_result_set(JsonDecoder& json, const std::string& body, const std::string& label,
                     std::string_view name, std::span<const ResultColumn> fields) {
  std::vector<std::size_t> places(fields.size());
  std::iota(places.begin(), places.end(), 0);
  Grid grid{fields.size(), {}};
  grid.cells = read_cells(json, body, label, name, fields, places, grid.width);
  require_unique(grid, fields, label);
  return grid;
}

Rows read_rows(JsonDecoder& json, const std::string& body, const std::string& label,
               std::string_view name, std::span<const ResultColumn> fields,
               std::span<const Column> columns) {
  Rows rows{columns, {}};
  rows.cells =
      read_cells(json, body, label, name, fields, targets(fields, columns), columns.size());
  require_unique(rows, label);
  return rows;
}

std::vector<std::size_t> targets(std::span<const ResultColumn> fields,
                                 std::span<const Column> columns) {
  std::vector<std::size_t> result;
  for (const ResultColumn& field : fields) {
    std::size_t column = 0;
    while (column < columns.size() && columns[column].name != field.column) ++column;
    result.push_back(column < columns.size() ? column : kNowhere);
  }
  return result;
}

void copy_cells(std::span<const Value> from, std::span<const std::size_t> targets, Value* to) {
  for (std::size_t c = 0; c < from.size(); ++c) {
    if (targets[c] != kNowhere) to[targets[c]] = from[c];
  }
}

}  // namespace nbasync
