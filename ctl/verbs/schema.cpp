#include <memory>
#include <string>

#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/schema_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

struct SchemaWish {
  std::string table;
  bool csv = false;
};

int show_schema(Context& context, const SchemaWish& wanted) {
  const auto tables = context.client.schema(wanted.table);
  if (context.json) {
    print_json(context, tables.json);
  } else if (wanted.csv) {
    context.out << schema_csv(tables.value);
  } else if (context.quiet) {
    for (const auto& table : tables.value) context.out << table.table_name << '\n';
  } else {
    context.out << schema_text(tables.value, context.out_terminal);
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_schema() {
  const auto wanted = std::make_shared<SchemaWish>();
  return {
      .options = {{.name = "TABLE",
                   .help = "Only this table of the data; default: all",
                   .place = &wanted->table},
                  {.name = "--csv", .help = "Print CSV, a line a column", .place = &wanted->csv}},
      .examples =
          "  nbasyncctl schema\n"
          "  nbasyncctl schema team_game_logs\n"
          "  nbasyncctl schema --csv >columns.csv\n",
      .action = [wanted](Context& context) { return show_schema(context, *wanted); }};
}

}  // namespace nbasync::ctl
