#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "ctl/verbs/interrupt.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/verbs/written_file.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

struct ExportWish {
  ExportQuestion question;
  std::string file;
};

int export_rows(Context& context, const ExportWish& wanted) {
  auto question = wanted.question;
  if (context.json) question.format = ExportFormat::kNdjson;
  if (!wanted.file.empty()) {
    const Interrupt interrupt;  // so that no part of a file stays
    WrittenFile file(wanted.file);
    context.client.export_table(question, interrupt.fd(),
                                [&](std::string_view part) { file.write(part); });
    file.keep();
    return protocol::kExitDone;
  }
  context.client.export_table(question, -1, [&](std::string_view part) {
    context.out << part;
    if (!context.out) throw Error(Errc::kStorage, "cannot write to standard output");
  });
  context.out.flush();
  if (!context.out) throw Error(Errc::kStorage, "cannot write to standard output");
  return protocol::kExitDone;
}

}  // namespace

Command define_export() {
  const auto wanted = std::make_shared<ExportWish>();
  const Option::Take format = [wanted](std::string_view word) {
    const auto known = parse_word<ExportFormat>(word);
    if (known) wanted->question.format = *known;
    return known.has_value();
  };
  return {.options = {{.name = "TABLE",
                       .help = "Of the data, as schema lists them",
                       .place = &wanted->question.table,
                       .required = true},
                      {.name = "--season",
                       .help = "Only of this season, like 2025-26; default: of all",
                       .place = &wanted->question.season,
                       .value = "SEASON"},
                      {.name = "--format",
                       .help = "As what; default: csv",
                       .place = format,
                       .words = words_of<ExportFormat>()},
                      {.name = "-o,--output",
                       .help = "Write this file, whole or not at all; default: standard output",
                       .place = &wanted->file,
                       .value = "FILE"}},
          .examples =
              "  nbasyncctl export team_game_logs --season 2025-26 --output logs.csv\n"
              "  nbasyncctl export players --format ndjson | jq -r .full_name\n",
          .action = [wanted](Context& context) { return export_rows(context, *wanted); }};
}

}  // namespace nbasync::ctl
