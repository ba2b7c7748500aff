#include "ctl/transport/answer.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "model/sync_event.hpp"
#include "protocol/backfill.hpp"
#include "protocol/change.hpp"
#include "protocol/diagnosis.hpp"
#include "protocol/dictionary.hpp"
#include "protocol/game.hpp"
#include "protocol/json.hpp"
#include "protocol/player.hpp"
#include "protocol/replies.hpp"
#include "protocol/standing.hpp"
#include "protocol/status.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

// Makes each text of a value printable.
struct Printable {
  void operator()(std::string& text) const { text = printable(text); }

  template <typename T>
  void operator()(T& value) const {
    if constexpr (Fielded<T>) {
      visit_fields(value, [this](const Field&, auto& member) { (*this)(member); });
    }
  }

  template <typename T>
  void operator()(std::vector<T>& list) const {
    for (auto& item : list) (*this)(item);
  }

  void operator()(protocol::CellTexts& cells) const {
    protocol::CellTexts fit;
    for (auto& [column, text] : cells) {
      (*this)(text);
      fit[printable(column)] = std::move(text);
    }
    cells = std::move(fit);
  }

  template <typename T>
  void operator()(std::optional<T>& value) const {
    if (value) (*this)(*value);
  }

  template <typename T>
  void operator()(std::shared_ptr<const T>& value) const {
    if (!value) return;
    auto copy = std::make_shared<T>(*value);
    (*this)(*copy);
    value = std::move(copy);
  }
};

}  // namespace

template <typename T>
Answer<T> answer_of(json from) {
  try {
    Answer<T> answer{protocol::from_json<T>(from), std::make_shared<const json>(std::move(from))};
    Printable()(answer.value);
    return answer;
  } catch (const Error& error) {
    throw Error(error.code(), format("the daemon's answer is not understood: {}", error.what()));
  }
}

template Answer<protocol::Status> answer_of(json);
template Answer<protocol::Explanation> answer_of(json);
template Answer<protocol::Admission> answer_of(json);
template Answer<protocol::BackfillBegun> answer_of(json);
template Answer<protocol::Problem> answer_of(json);
template Answer<protocol::Changes> answer_of(json);
template Answer<protocol::Diagnosis> answer_of(json);
template Answer<RunRecord> answer_of(json);
template Answer<SyncEvent> answer_of(json);
template Answer<std::vector<RunRecord>> answer_of(json);
template Answer<std::vector<protocol::Game>> answer_of(json);
template Answer<std::vector<protocol::Standing>> answer_of(json);
template Answer<std::vector<protocol::Player>> answer_of(json);
template Answer<std::vector<protocol::PlayerSeason>> answer_of(json);
template Answer<std::vector<protocol::PlayerGame>> answer_of(json);
template Answer<std::vector<protocol::TableEntry>> answer_of(json);

Json member_of(const Json& object, const char* name) {
  const auto found = object->find(name);
  if (found == object->end()) return std::make_shared<const json>();
  return {object, &*found};
}

Json item_of(const Json& list, std::size_t index) { return {list, &list->at(index)}; }

}  // namespace nbasync::ctl
