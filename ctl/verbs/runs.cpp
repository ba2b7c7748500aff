#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/run_text.hpp"
#include "model/run_record.hpp"
#include "model/sync_wish.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

// Which types there are is the daemon's to say, and its log may have others: so this is asked only
// when nothing was found.
void refuse_unknown_type(Client& client, const std::string& type) {
  const auto status = client.status();
  std::vector<std::string> known{kFullSync};
  for (const auto& dataset : status->datasets) known.push_back(dataset.name);
  if (std::ranges::find(known, type) != known.end()) return;
  throw Error(Errc::kUnknownType, format("--type: unknown sync type '{}'{}", type,
                                         suggest(type, {known.begin(), known.end()})));
}

int list_runs(Context& context, const RunFilter& filter) {
  const auto runs = context.client.runs(filter);
  if (runs->empty() && !filter.sync_type.empty()) {
    refuse_unknown_type(context.client, filter.sync_type);
  }
  if (context.json) {
    print_json(context, runs.json);
  } else if (context.quiet) {
    for (const auto& run : runs.value) context.out << run.run_id << '\n';
  } else if (runs->empty()) {
    context.out << "no runs\n";
  } else {
    context.out << runs_text(runs.value, context.clock.wall(), context.out_terminal);
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_runs() {
  const auto filter = std::make_shared<RunFilter>();
  const auto take_last = [filter](std::string_view type) {
    filter->sync_type = type;
    filter->limit = 1;
    return true;
  };
  constexpr unsigned kMost = 1000;
  const auto take_status = [filter](std::string_view word) {
    filter->status = word;
    return std::ranges::count(logged_status_words(), word) > 0;
  };
  return {.options = {{.name = "-n,--limit",
                       .help = "At most so many, newest first",
                       .place = &filter->limit,
                       .value = "N",
                       .most = kMost},
                      {.name = "--type",
                       .help = "Only of this sync type",
                       .place = &filter->sync_type,
                       .value = "TYPE"},
                      {.name = "--last",
                       .help = "Only the last one of this sync type",
                       .place = take_last,
                       .value = "TYPE",
                       .not_with = {"--type", "--limit"}},
                      {.name = "--status",
                       .help = "Only those that stand so",
                       .place = take_status,
                       .words = logged_status_words()}},
          .examples =
              "  nbasyncctl runs -n 50\n"
              "  nbasyncctl runs --type game_logs --status failed\n",
          .action = [filter](Context& context) { return list_runs(context, *filter); }};
}

}  // namespace nbasync::ctl
