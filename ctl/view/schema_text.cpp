#include "ctl/view/schema_text.hpp"

#include "base/csv.hpp"
#include "base/format.hpp"
#include "ctl/view/table.hpp"

namespace nbasync::ctl {

std::string schema_text(const std::vector<protocol::TableEntry>& tables, const Terminal& terminal) {
  std::string text;
  for (const auto& table : tables) {
    Table columns({{"COLUMN"}, {"TYPE"}, {"UNIT"}, {"WHAT, AND OF WHAT"}});
    for (const auto& column : table.columns) {
      columns.add({column.column_name + (column.is_key ? " *" : ""), column.type, column.unit,
                   format("{} ({})", column.description, column.source)});
    }
    if (!text.empty()) text += '\n';
    text +=
        format("{}: {}\n\n", terminal.paint(Colour::kBold, table.table_name), table.description);
    text += columns.render(terminal);
  }
  return text;
}

std::string schema_csv(const std::vector<protocol::TableEntry>& tables) {
  std::string text = "table_name,column_name,type,is_key,description,unit,source";
  text += kCsvLineEnd;
  for (const auto& table : tables) {
    for (const auto& column : table.columns) {
      for (const auto& field :
           {table.table_name, column.column_name, column.type,
            std::string(column.is_key ? "1" : "0"), column.description, column.unit}) {
        append_csv_field(text, field);
        text += ',';
      }
      append_csv_field(text, column.source);
      text += kCsvLineEnd;
    }
  }
  return text;
}

}  // namespace nbasync::ctl
