#include <stop_token>
#include <string>
#include <string_view>

#include "base/format.hpp"
#include "base/scratch_file.hpp"
#include "control/download.hpp"
#include "control/handlers.hpp"
#include "control/media.hpp"
#include "query/exported.hpp"

namespace nbasync::handle {

void export_table(Api& api, const Call& call, const std::string& season,
                  const std::string& wanted) {
  const ExportQuestion question{call.name, season, parse_word<ExportFormat>(wanted).value()};
  const bool is_csv = question.format == ExportFormat::kCsv;
  require_table(question.table);
  answer_with(api, call,
              {[question](Connection& connection, const std::stop_token& stop) {
                 ScratchFile file;
                 nbasync::export_table(
                     connection, question, [&](std::string_view text) { file.write(text); }, stop);
                 return file.take();
               },
               is_csv ? media::kCsv : media::kLines,
               format("{}{}{}.{}", question.table, season.empty() ? "" : "-", season, wanted)});
}

}  // namespace nbasync::handle
