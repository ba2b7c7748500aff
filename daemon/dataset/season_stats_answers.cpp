#include "dataset/season_stats_answers.hpp"

#include <algorithm>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "dataset/averages_request.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/played.hpp"

namespace nbasync::season_stats {
namespace {

std::vector<SplitAnswers> by_split(std::span<const Fetched> answers) {
  std::vector<SplitAnswers> result;
  for (const Split& split : kSplits) {
    SplitAnswers own{&split, std::vector<const Fetched*>(std::size(kMeasures))};
    for (const Fetched& answer : answers) {
      const Request& request = answer.request;
      if (request.parameter("Location") != split.location ||
          request.parameter("SeasonType") != names_of(split.type).upstream) {
        continue;
      }
      const auto* const measure =
          std::ranges::find(kMeasures, request.parameter("MeasureType"), &Measure::name);
      own.answers[static_cast<std::size_t>(measure - kMeasures)] = &answer;
    }
    if (own.answers.front() != nullptr) result.push_back(std::move(own));
  }
  return result;
}

// Nine answers of one moment: either all have teams, or the season has not begun.
void require_all_or_none(std::span<const SplitAnswers> splits, SeasonType type) {
  bool any = false;
  for (const auto& own : splits) {
    for (const Grid& grid : own.grids) any = any || (own.split->type == type && grid.size() > 0);
  }
  for (const auto& own : splits) {
    for (std::size_t m = 0; any && own.split->type == type && m < own.grids.size(); ++m) {
      if (own.grids[m].size() > 0) continue;
      throw Error(Errc::kUpstreamEmpty,
                  format("{}: upstream answered without rows, though it has rows for the other "
                         "measures and splits of the season",
                         label_of(own.answers[m]->request)));
    }
  }
}

// The measures of a split are joined: a team that has played may be missing from none of them that
// another has it in.
void require_same_teams(const SplitAnswers& own, const SeasonFacts& facts) {
  if (facts.force) return;
  const auto played = teams_that_played(own.split->type, facts);
  std::set<std::int64_t> known;
  for (const auto& grid : own.grids) {
    for (const auto& [team, games] : games_of(grid)) {
      if (played.contains(team)) known.insert(team);
    }
  }
  for (std::size_t m = 0; m < own.grids.size(); ++m) {
    const auto here = games_of(own.grids[m]);
    const auto missing =
        std::ranges::count_if(known, [&](std::int64_t team) { return !here.contains(team); });
    if (missing == 0) continue;
    throw Error(Errc::kUpstreamShort,
                format("{}: upstream answered with {} teams, and lacks {} that other measures have",
                       label_of(own.answers[m]->request), here.size(), missing));
  }
}

}  // namespace

std::vector<Request> requests(const SeasonFacts& facts) {
  std::vector<Request> all;
  if (start_year(facts) < kFirstYear) return all;
  const auto types = types_to_ask(facts, {SeasonType::kRegular, SeasonType::kPlayoffs}, kTableName);
  for (const Split& split : kSplits) {
    if (std::ranges::find(types, split.type) == types.end()) continue;
    for (const Measure& measure : kMeasures) {
      all.push_back(team_averages({facts.season, split.type, measure.name, split.location}));
    }
  }
  return all;
}

std::map<std::int64_t, Value> games_of(const Grid& grid) {
  std::map<std::int64_t, Value> games;
  for (std::size_t r = 0; r < grid.size(); ++r) {
    games.emplace(std::get<std::int64_t>(grid.row(r)[0]), grid.row(r)[1]);
  }
  return games;
}

std::vector<SplitAnswers> read(JsonDecoder& json, std::span<const Fetched> answers,
                               const SeasonFacts& facts) {
  auto splits = by_split(answers);
  for (auto& own : splits) {
    for (std::size_t m = 0; m < std::size(kMeasures); ++m) {
      own.grids.push_back(read_result_set(json, own.answers[m]->body,
                                          label_of(own.answers[m]->request), "LeagueDashTeamStats",
                                          kMeasures[m].fields));
    }
  }
  for (const auto type : {SeasonType::kRegular, SeasonType::kPlayoffs}) {
    require_all_or_none(splits, type);
  }
  for (const auto& own : splits) require_same_teams(own, facts);
  return splits;
}

}  // namespace nbasync::season_stats
