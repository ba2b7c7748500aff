#include "ctl/view/run_board.hpp"

#include <algorithm>
#include <chrono>

#include "base/format.hpp"
#include "ctl/view/run_progress_text.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/text.hpp"
#include "ctl/view/time_text.hpp"

namespace nbasync::ctl {
namespace {

using Kind = SyncEvent::Kind;

constexpr std::size_t kType = 19;  // player_season_stats

}  // namespace

void RunBoard::show(const protocol::Status& status) {
  running_.reset();
  waiting_.clear();
  if (const auto& sync = status.current_sync) {
    running_ = {sync->run_id, sync->sync_type, sync->progress, sync->started_at};
  }
  for (const auto& sync : status.queue) {
    waiting_.push_back({sync.run_id, sync.sync_type, sync.requested_at, sync.triggered_by});
  }
  draw();
}

void RunBoard::happened(const std::string& name, const SyncEvent& event) {
  const auto is = [&](Kind kind) { return name == to_string(kind); };
  const auto forget = [&] {
    std::erase_if(waiting_, [&](const Waiting& each) { return each.run_id == event.run_id; });
  };
  const auto now = clock_.wall();
  if (is(Kind::kQueued)) {
    forget();
    waiting_.push_back({event.run_id, event.sync_type, now, ""});
  } else if (is(Kind::kStarted)) {
    forget();
    running_ = {event.run_id, event.sync_type, {}, now};
  } else if (is(Kind::kProgress)) {
    if (!running_ || running_->run_id != event.run_id) {
      running_ = {event.run_id, event.sync_type, {}, now};
    }
    running_->progress = progress_of(event);
  } else if (is(Kind::kFinished) && event.run) {
    forget();
    if (running_ && running_->run_id == event.run_id) running_.reset();
    if (is_wanted(event.run_id)) ended(*event.run);
  }
  draw();
}

// "✓ 12:00:04  5f3a1b2c  full                 2,604 rows, 30 new  2 min 22 s  schedule:nightly".
void RunBoard::ended(const RunRecord& run) {
  lines_.clear();
  const bool good = run.status == RunStatus::kSuccess;
  const auto& glyphs = terminal_.glyphs();
  const auto time = clock_text(run.completed_at.value_or(clock_.wall()), terminal_);
  auto what = std::string(to_string(run.status));
  if (good) {
    what = changed_rows_text(run);
  } else if (!run.error_code.empty()) {
    what += ": " + run.error_code;
  }
  Line line;
  line.add(good ? glyphs.done : glyphs.failed, colour_of(run.status))
      .add(format(" {}  {}  {:<{}}  ", time, short_id(run.run_id), run.sync_type, kType))
      .add(what, good ? Colour::kNone : colour_of(run.status))
      .add(format("  {}  {}", duration_text(run.duration_seconds), run.triggered_by));
  out_ << line.render(terminal_, terminal_.width) << std::endl;
}

Line RunBoard::running_line() const {
  const auto& [run_id, sync_type, progress, since] = *running_;
  const auto elapsed = std::chrono::duration<double>(clock_.wall() - since).count();
  Line line;
  line.add(terminal_.glyphs().at_work, Colour::kBold)
      .add(format(" {}  {}  {:<{}}  ", clock_text(since, terminal_), short_id(run_id), sync_type,
                  progress.step.empty() || progress.step == sync_type ? kType : 0));
  const bool of_steps = !progress.step.empty() && progress.step != sync_type;
  return line.add(bar_line(progress, elapsed, of_steps, Terminal{.unicode = terminal_.unicode})
                      .render(Terminal{}, 0));
}

Line RunBoard::waiting_line(const Waiting& waiting, std::size_t position) const {
  Line line("  ");
  return line.add(
      format("{}  {}  {:<{}}  waiting, {}{}", clock_text(waiting.since, terminal_),
             short_id(waiting.run_id), waiting.sync_type, kType, position_text(position),
             waiting.triggered_by.empty() ? "" : "; by " + waiting.triggered_by),
      Colour::kDim);
}

void RunBoard::draw() {
  std::vector<Line> lines;
  if (running_) lines.push_back(running_line());
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    if (is_wanted(waiting_[i].run_id)) lines.push_back(waiting_line(waiting_[i], i + 1));
  }
  lines_.draw(lines);
}

}  // namespace nbasync::ctl
