#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/data_change.hpp"
#include "model/fields.hpp"
#include "model/run_progress.hpp"
#include "model/run_record.hpp"
#include "model/words.hpp"

namespace nbasync {

// Something that happened to a run, or that it has changed in a table.
struct SyncEvent {
  enum class Kind { kQueued, kStarted, kProgress, kFinished, kChanges };

  Kind kind = Kind::kQueued;
  std::string run_id;
  std::string sync_type = {};
  std::string step = {};
  std::optional<unsigned> percent = {};
  std::shared_ptr<const RunRecord> run = {};
  // Of kChanges: rows of the feed, and what they tell of the table; see DataChange.
  std::string table = {};
  std::optional<std::int64_t> first_seq = {};
  std::optional<std::int64_t> last_seq = {};
  std::optional<std::int64_t> inserted = {};
  std::optional<std::int64_t> updated = {};
  std::optional<std::int64_t> deleted = {};
  // Of kProgress, as RunProgress has them.
  std::optional<unsigned> requests_done = {};
  std::optional<unsigned> requests_expected = {};
  std::vector<StepProgress> steps = {};

  // The kind is told beside it.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"run_id", kPlain, "of the run"}, self.run_id);
    visit(Field{"sync_type", kOmitted, "what is synced"}, self.sync_type);
    visit(Field{"step", kOmitted, "what is being done"}, self.step);
    visit(Field{"percent", kOmitted, "how far it is"}, self.percent);
    visit(Field{"requests_done", kOmitted, "requests that have been answered"}, self.requests_done);
    visit(Field{"requests_expected", kOmitted, "those, and the ones that are known to come"},
          self.requests_expected);
    visit(Field{"steps", kOmitted, "the steps of the run, in order"}, self.steps);
    auto status = self.run ? std::optional(self.run->status) : std::nullopt;  // the run has it, too
    visit(Field{"status", kOmitted, "how the run ended"}, status);
    visit(Field{"run", kOmitted, "the run, when it has ended"}, self.run);
    visit(Field{"table", kOmitted, "whose rows have changed"}, self.table);
    visit(Field{"first_seq", kOmitted, "the first of these rows in the feed of changes"},
          self.first_seq);
    visit(Field{"last_seq", kOmitted, "the last of them"}, self.last_seq);
    visit(Field{"inserted", kOmitted, "rows of the table"}, self.inserted);
    visit(Field{"updated", kOmitted, "rows of the table"}, self.updated);
    visit(Field{"deleted", kOmitted, "rows of the table"}, self.deleted);
  }

  bool operator==(const SyncEvent&) const = default;
};

inline SyncEvent event_of(const std::string& run_id, const std::string& sync_type,
                          const RunProgress& progress) {
  return {.kind = SyncEvent::Kind::kProgress,
          .run_id = run_id,
          .sync_type = sync_type,
          .step = progress.step,
          .percent = progress.percent,
          .requests_done = progress.requests_done,
          .requests_expected = progress.requests_expected,
          .steps = progress.steps};
}

// What an event of that kind tells.
inline RunProgress progress_of(const SyncEvent& event) {
  return {.step = event.step,
          .percent = event.percent.value_or(0),
          .requests_done = event.requests_done.value_or(0),
          .requests_expected = event.requests_expected.value_or(0),
          .steps = event.steps};
}

inline SyncEvent event_of(const DataChange& change) {
  return {.kind = SyncEvent::Kind::kChanges,
          .run_id = change.run_id,
          .table = change.table,
          .first_seq = change.first_seq,
          .last_seq = change.last_seq,
          .inserted = change.inserted,
          .updated = change.updated,
          .deleted = change.deleted};
}

template <>
struct Words<SyncEvent::Kind> {
  static constexpr auto table = std::to_array<WordOf<SyncEvent::Kind>>({
      {SyncEvent::Kind::kQueued, "queued"},
      {SyncEvent::Kind::kStarted, "started"},
      {SyncEvent::Kind::kProgress, "progress"},
      {SyncEvent::Kind::kFinished, "finished"},
      {SyncEvent::Kind::kChanges, "changes"},
  });
};

}  // namespace nbasync
