#include "control/status_text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "control/json_reply.hpp"
#include "protocol/json.hpp"

namespace nbasync {

// Gives the text away: what is told now is kept anew.
std::string StatusText::take(const RunRecord& run) {
  const auto kept = std::ranges::find_if(runs_, [&](const Told& told) {
    return told.run_id == run.run_id && told.completed_at == run.completed_at;
  });
  return kept == runs_.end() ? json_text(protocol::to_json(run)) : std::move(kept->text);
}

std::string StatusText::of(protocol::Status status, std::size_t most) {
  const auto recent = std::exchange(status.recent_syncs, {});
  std::vector<Told> told;
  told.reserve(recent.size());
  std::string list;
  for (const auto& run : recent) {
    told.push_back({run.run_id, run.completed_at, take(run)});
    if (told.size() <= most) list += (list.empty() ? "" : ",") + told.back().text;
  }
  runs_ = std::move(told);

  // Within a string the quotes would be escaped: this stands there once.
  constexpr std::string_view kEmpty = R"("recent_syncs":[])";
  auto text = json_text(protocol::to_json(status));
  text.insert(text.find(kEmpty) + kEmpty.size() - 1, list);
  return text;
}

}  // namespace nbasync
