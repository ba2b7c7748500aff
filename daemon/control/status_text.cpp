#include "control/status_text.hpp"

#include <algorithm>
#include <utility>

#include "protocol/json.hpp"
#include "protocol/json_sinks.hpp"
#include "protocol/tell_status.hpp"

namespace nbasync {

void StatusText::keep(const std::deque<RunRecord>& recent) {
  const auto is_told = [](const RunRecord& run, const Told& told) {
    return told.completed_at == run.completed_at && told.run_id == run.run_id;
  };
  if (std::ranges::equal(recent, runs_, is_told)) return;
  std::vector<Told> runs;
  for (const auto& run : recent) {
    const auto kept =
        std::ranges::find_if(runs_, [&](const Told& told) { return is_told(run, told); });
    runs.push_back({run.run_id, run.completed_at,
                    kept == runs_.end() ? protocol::to_json_text(run) : kept->text});
  }
  runs_ = std::move(runs);
}

std::string StatusText::of(const protocol::Status& brief, const std::deque<RunRecord>& recent,
                           std::size_t most) {
  keep(recent);
  std::string text;
  text.reserve(size_);
  protocol::JsonText sink(text);
  sink.begin_object();
  protocol::tell_status(sink, brief, [&] {
    for (std::size_t i = 0; i < runs_.size() && i < most; ++i) sink.add(runs_[i].text);
  });
  sink.end_object();
  size_ = text.size();
  return text;
}

}  // namespace nbasync
