#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/fields.hpp"
#include "model/run_status.hpp"

namespace nbasync::protocol {

// A run that a hook is told of.
struct HookRun {
  std::string run_id;
  std::string sync_type;
  std::string season;
  RunStatus status = RunStatus::kSuccess;
  std::optional<SystemTime> ended_at;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"run_id", kPlain, "its id"}, self.run_id);
    visit(Field{"sync_type", kPlain, "what was synced"}, self.sync_type);
    visit(Field{"season", kPlain, "of which season"}, self.season);
    visit(Field{"status", kPlain, "how it ended"}, self.status);
    visit(Field{"ended_at", kPlain, "its end"}, self.ended_at);
  }

  bool operator==(const HookRun&) const = default;
};

// What has changed in a table.
struct HookTable {
  std::string table;
  std::int64_t first_seq = 0;
  std::int64_t last_seq = 0;
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t deleted = 0;
  std::int64_t corrections = 0;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"table", kPlain, "whose rows have changed"}, self.table);
    visit(Field{"first_seq", kPlain, "the first of these rows in the feed of changes"},
          self.first_seq);
    visit(Field{"last_seq", kPlain, "the last of them"}, self.last_seq);
    visit(Field{"inserted", kPlain, "rows of the table"}, self.inserted);
    visit(Field{"updated", kPlain, "rows of the table"}, self.updated);
    visit(Field{"deleted", kPlain, "rows of the table"}, self.deleted);
    visit(Field{"corrections", kPlain, "rows that correct what was settled"}, self.corrections);
  }

  bool operator==(const HookTable&) const = default;
};

// What a hook is told: the body that is sent to its URL, the file that its unit finds.
struct HookCall {
  std::string hook;
  std::vector<HookRun> runs;  // the newest ones, oldest first
  std::uint64_t run_count = 0;
  std::int64_t since = 0;
  std::int64_t last_seq = 0;
  std::vector<HookTable> changes;
  std::int64_t corrections = 0;
  std::string path;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"hook", kPlain, "its name"}, self.hook);
    visit(Field{"runs", kPlain, "that it has not been told of, oldest first"}, self.runs);
    visit(Field{"run_count", kPlain, "how many these are; of many, runs has the newest"},
          self.run_count);
    visit(
        Field{"since", kPlain, "the number in the feed of changes before the first of these rows"},
        self.since);
    visit(Field{"last_seq", kPlain, "the number of the last of them"}, self.last_seq);
    visit(Field{"changes", kPlain, "by table"}, self.changes);
    visit(Field{"corrections", kPlain, "rows that correct what was settled, in all tables"},
          self.corrections);
    visit(Field{"path", kPlain, "where the daemon answers with these rows"}, self.path);
  }

  bool operator==(const HookCall&) const = default;
};

// How a hook of the configuration stands.
struct HookState {
  std::string name;
  std::optional<SystemTime> last_success;
  std::optional<SystemTime> last_failure;
  std::uint64_t successes = 0;
  std::uint64_t failures = 0;
  std::uint64_t pending = 0;
  std::string error;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"name", kPlain, "its name"}, self.name);
    visit(Field{"last_success", kPlain, "when it was last told with success"}, self.last_success);
    visit(Field{"last_failure", kPlain, "when it last could not be told"}, self.last_failure);
    visit(Field{"successes", kPlain, "since the daemon's start"}, self.successes);
    visit(Field{"failures", kPlain, "tries that failed, since the daemon's start"}, self.failures);
    visit(Field{"pending", kPlain, "runs that it has not been told of yet"}, self.pending);
    visit(Field{"error", kNullable, "why it has not been told of them; null: nothing is wrong"},
          self.error);
  }

  bool operator==(const HookState&) const = default;
};

}  // namespace nbasync::protocol
