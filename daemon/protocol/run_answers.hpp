#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/fields.hpp"
#include "model/row_changes.hpp"
#include "model/run_record.hpp"
#include "model/sync_wish.hpp"
#include "protocol/change.hpp"

// Runs as HTTP tells them.
namespace nbasync::protocol {

struct Runs {
  std::vector<RunRecord> runs;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"runs", kPlain, "newest first"}, self.runs);
  }

  bool operator==(const Runs&) const = default;
};

// A row that a dry run would change. These are many, and kept as text: see RowChanges, which has
// the words of `op`.
struct RowChange {
  std::string table;
  std::string op;
  CellTexts key;
  CellTexts before;
  CellTexts after;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"table", kPlain, "in which table"}, self.table);
    visit(Field{"op", kPlain, "insert, update or delete"}, self.op);
    visit(Field{"key", kPlain, "the cells of its key"}, self.key);
    visit(Field{"old", kOmitted, "the cells before: of an update those that differ"}, self.before);
    visit(Field{"new", kOmitted, "the cells after: of an update those that differ"}, self.after);
  }

  bool operator==(const RowChange&) const = default;
};

// One run with all that is known of it. The rows of a dry run are put into its JSON as text.
struct RunAnswer {
  RunRecord run;
  std::vector<RowChange> changes = {};
  std::optional<bool> changes_truncated = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    RunRecord::fields(self.run, visit);
    visit(Field{"changes", kOmitted, "of a dry run, the rows that it would change"}, self.changes);
    visit(Field{"changes_truncated", kOmitted, "of a dry run, whether there are more such rows"},
          self.changes_truncated);
  }

  bool operator==(const RunAnswer&) const = default;
};

// A sync that was waited for, and succeeded: in the predecessor's words besides.
struct SyncAnswer {
  RunAnswer run;
  bool success = true;
  Disposition disposition = Disposition::kStarted;
  std::int64_t total_records = 0;
  std::map<std::string, std::int64_t> counts = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    RunAnswer::fields(self.run, visit);
    visit(Field{"success", kPlain, "true"}, self.success);
    visit(Field{"disposition", kPlain, "what became of the request"}, self.disposition);
    visit(Field{"total_records", kPlain, "records_synced again"}, self.total_records);
    visit(Field{"counts", kPlain, "records_synced of each step"}, self.counts);
  }

  bool operator==(const SyncAnswer&) const = default;
};

}  // namespace nbasync::protocol
