#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/data_change.hpp"
#include "model/fields.hpp"

namespace nbasync::protocol {

// Cells of a row as texts; none is NULL.
using CellTexts = std::map<std::string, std::optional<std::string>>;

// A row of the feed of changes, as /api/v1/changes tells it.
struct Change {
  std::int64_t seq = 0;
  std::string run_id = {};
  std::optional<SystemTime> changed_at = {};
  std::string table_name = {};
  CellTexts row_key = {};
  ChangeKind change = ChangeKind::kUpdate;
  CellTexts before = {};
  CellTexts after = {};
  bool is_correction = false;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(
        Field{"seq", kPlain, "its number in the feed, which grows by one and is never given again"},
        self.seq);
    visit(Field{"run_id", kNullable, "by which run"}, self.run_id);
    visit(Field{"changed_at", kPlain, "when"}, self.changed_at);
    visit(Field{"table_name", kPlain, "in which table"}, self.table_name);
    visit(Field{"row_key", kPlain, "the cells of its key; of a load, the season or day"},
          self.row_key);
    visit(Field{"change", kPlain,
                "what became of the row; load: many rows where there were none are told as one"},
          self.change);
    visit(Field{"before", kNullable, "the cells before, those that differ"}, self.before);
    visit(Field{"after", kNullable, "the cells after, those that differ; of a load how many"},
          self.after);
    visit(Field{"is_correction", kPlain,
                "whether something that was known of a settled game is said otherwise"},
          self.is_correction);
  }

  bool operator==(const Change&) const = default;
};

// Some of them, oldest first.
struct Changes {
  std::vector<Change> changes;
  std::uint64_t count = 0;
  std::int64_t last_seq = 0;
  std::int64_t oldest_seq = 0;
  bool more = false;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"changes", kPlain, "oldest first"}, self.changes);
    visit(Field{"count", kPlain, "how many these are"}, self.count);
    visit(Field{"last_seq", kPlain, "where to go on: the next since"}, self.last_seq);
    visit(Field{"oldest_seq", kPlain, "the oldest that is kept; 0: none is"}, self.oldest_seq);
    visit(Field{"more", kPlain, "whether there are more to ask for at once"}, self.more);
  }

  bool operator==(const Changes&) const = default;
};

}  // namespace nbasync::protocol
