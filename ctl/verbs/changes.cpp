#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "base/format.hpp"
#include "ctl/verbs/interrupt.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/changes_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

constexpr unsigned kNewest = 20;           // are shown where it is not said how many, or since when
constexpr Duration kBetweenLooks{30'000};  // while it follows: events may be lost

struct Wanted {
  std::optional<std::int64_t> since;
  std::string table;
  bool corrections = false;
  unsigned limit = 0;  // 0: not said
  bool follow = false;
};

ChangesQuestion question_of(const Wanted& wanted, std::optional<std::int64_t> since,
                            unsigned limit) {
  return {since, wanted.table, wanted.corrections, limit};
}

void print(Context& context, const Answer<Changes>& page, bool follows) {
  const auto rows = part_of(page, &Changes::changes);
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto& change = rows.value[i];
    if (context.json) {
      print_json_line(context, item_of(rows.json, i));
    } else if (context.quiet) {
      context.out << change.seq << std::endl;
    } else if (follows) {
      context.out << change_line(change, context.out_terminal) << std::endl;
    }
  }
}

// Prints all there is after `since`, page by page; where to go on.
std::int64_t catch_up(Context& context, const Wanted& wanted, std::int64_t since) {
  for (;;) {
    const auto page = context.client.changes(question_of(wanted, since, ChangesQuestion::kDefault));
    print(context, page, true);
    since = page->last_seq;
    if (!page->more) return since;
  }
}

// From what is asked for on, or from now on.
std::int64_t first_page(Context& context, const Wanted& wanted) {
  if (wanted.since) return *wanted.since;
  const auto page =
      context.client.changes(question_of(wanted, std::nullopt, std::max(wanted.limit, 1U)));
  if (wanted.limit > 0) print(context, page, true);
  return page->last_seq;
}

int follow(Context& context, const Wanted& wanted) {
  context.client.listen();
  const Interrupt interrupt;
  auto since = catch_up(context, wanted, first_page(context, wanted));
  const auto look = [&] { since = catch_up(context, wanted, since); };
  // Where there is no feed of events, the end of a run tells that there may be something.
  context.client.follow({.run_id = "",
                         .stop_fd = interrupt.fd(),
                         .on_event =
                             [&](const Event& event) {
                               const bool changes = event.is(SyncEvent::Kind::kChanges);
                               if (changes || event.is(SyncEvent::Kind::kFinished)) look();
                             },
                         .on_tick = look,
                         .tick = kBetweenLooks});
  return interrupt.signal() == SIGTERM ? protocol::kExitDone : 128 + SIGINT;
}

int list(Context& context, const Wanted& wanted) {
  const bool for_programs = context.json || context.quiet;
  if (for_programs && wanted.since && wanted.limit == 0) {
    catch_up(context, wanted, *wanted.since);
    return protocol::kExitDone;
  }
  const unsigned otherwise = wanted.since ? ChangesQuestion::kDefault : kNewest;
  const auto limit = wanted.limit > 0 ? wanted.limit : otherwise;
  const auto page = context.client.changes(question_of(wanted, wanted.since, limit));
  if (for_programs) {
    print(context, page, false);
  } else if (page->changes.empty()) {
    context.out << "no changes\n";
  } else {
    context.out << changes_text(page->changes, context.out_terminal);
    if (page->more) {
      context.out << format("and more; go on with --since {}\n", page->last_seq);
    }
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_changes() {
  const auto wanted = std::make_shared<Wanted>();
  return {.options = {{.name = "--since",
                       .help = "Those after this number, oldest first; default: the newest",
                       .place = &wanted->since,
                       .value = "SEQ"},
                      {.name = "--table",
                       .help = "Only of this table of the database",
                       .place = &wanted->table,
                       .value = "TABLE"},
                      {.name = "--corrections",
                       .help = "Only of games that had been final for long",
                       .place = &wanted->corrections},
                      {.name = "-n,--limit",
                       .help = "At most so many",
                       .place = &wanted->limit,
                       .value = "N",
                       .most = ChangesQuestion::kMost},
                      {.name = "-f,--follow",
                       .help = "Go on with what comes, until Ctrl-C",
                       .place = &wanted->follow}},
          .examples =
              "  nbasyncctl changes\n"
              "  nbasyncctl changes --corrections --follow\n"
              "  nbasyncctl changes --since 4711 --json | jq -r .table_name\n",
          .action = [wanted](Context& context) {
            return wanted->follow ? follow(context, *wanted) : list(context, *wanted);
          }};
}

}  // namespace nbasync::ctl
