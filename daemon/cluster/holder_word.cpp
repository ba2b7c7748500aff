#include "cluster/holder_word.hpp"

#include <exception>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "log/log.hpp"
#include "protocol/json.hpp"

namespace nbasync {
namespace {

constexpr const char* kExplanations = "explanations";  // beside the status

}  // namespace

void HolderWord::read(const std::string& text) {
  if (text.empty() || std::exchange(text_, text) == text) return;
  try {
    const auto json = nlohmann::json::parse(text);
    auto status = protocol::from_json<protocol::Status>(json);
    explanations_ = protocol::from_json<std::vector<protocol::Explanation>>(
        json.value(kExplanations, nlohmann::json::array()));
    status_ = std::move(status);
  } catch (const std::exception& error) {
    log::warning("the holder's status is not understood error={}", in_quotes(error.what()));
  }
}

std::string HolderWord::write(protocol::Status status,
                              const std::vector<protocol::Explanation>& explanations) {
  status.recent_syncs.clear();
  status.datasets.clear();
  auto json = protocol::to_json(status);
  json[kExplanations] = protocol::to_json(explanations);
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace nbasync
