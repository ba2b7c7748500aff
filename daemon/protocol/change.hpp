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
    visit(Field{"seq"}, self.seq);
    visit(Field{"run_id", kNullable}, self.run_id);
    visit(Field{"changed_at"}, self.changed_at);
    visit(Field{"table_name"}, self.table_name);
    visit(Field{"row_key"}, self.row_key);
    visit(Field{"change"}, self.change);
    visit(Field{"before"}, self.before);
    visit(Field{"after"}, self.after);
    visit(Field{"is_correction"}, self.is_correction);
  }

  bool operator==(const Change&) const = default;
};

// Some of them, oldest first.
struct Changes {
  std::vector<Change> changes;
  std::int64_t last_seq = 0;    // where to go on
  std::int64_t oldest_seq = 0;  // that is kept
  bool more = false;            // there are more to ask for at once

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"changes"}, self.changes);
    visit(Field{"last_seq"}, self.last_seq);
    visit(Field{"oldest_seq"}, self.oldest_seq);
    visit(Field{"more"}, self.more);
  }

  bool operator==(const Changes&) const = default;
};

}  // namespace nbasync::protocol
