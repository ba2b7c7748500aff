#include <memory>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/backfill_text.hpp"
#include "ctl/view/text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int show_backfill(Context& context) {
  const auto backfill = part_of(context.client.status(), &Status::backfill);
  if (context.json) {
    print_json(context, backfill.json);
  } else if (!backfill.value) {
    context.out << "there was no backfill yet\n";
  } else {
    context.out << backfill_text(*backfill.value, context.clock.wall(), context.out_terminal);
  }
  return protocol::kExitDone;
}

int stop(Context& context) {
  context.client.stop_backfill();
  if (context.json) {
    print_json(context, {{"stopped", true}});
  } else if (!context.quiet) {
    context.out << "no further season is fetched; what is stored stays\n";
  }
  return protocol::kExitDone;
}

// "2015-16..2024-25", or one season.
int begin(Context& context, const std::string& range) {
  constexpr std::string_view kTo = "..";
  const auto at = range.find(kTo);
  const auto from = range.substr(0, at);
  const auto to = at == range.npos ? from : range.substr(at + kTo.size());
  if (from.empty() || to.empty()) {
    throw Error(
        Errc::kInvalidArgument,
        format("'{}' is no range of seasons; write it as 2015-16..2024-25", excerpt(range)));
  }
  const auto begun = context.client.backfill(from, to);
  if (context.json) {
    print_json(context, begun.json);
  } else if (!context.quiet) {
    context.out << format(
        "{} will be fetched, newest first, as upstream bears it; 'nbasyncctl "
        "backfill status' tells how far it is\n",
        count_text(begun->seasons, "season"));
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_backfill() {
  const auto what = std::make_shared<std::string>("status");
  return {
      .options = {{.name = "WHAT",
                   .help = "FROM..TO: fetches these seasons, like 2015-16..2024-25; status: how "
                           "far it is; stop",
                   .place = what.get()}},
      .examples =
          "  nbasyncctl backfill 2015-16..2024-25  # goes on over restarts\n"
          "  nbasyncctl backfill status\n"
          "  nbasyncctl backfill stop\n",
      .action = [what](Context& context) {
        return *what == "status" ? show_backfill(context)
               : *what == "stop" ? stop(context)
                                 : begin(context, *what);
      }};
}

}  // namespace nbasync::ctl
