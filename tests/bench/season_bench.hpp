#pragma once

#include <string>
#include <vector>

#include "dataset/catalog.hpp"
#include "dataset/json_decoder.hpp"
#include "net/replay_file_name.hpp"
#include "store/store.hpp"
#include "support/file_text.hpp"

namespace nbasync::bench {

// The demo season on the last day of its regular part, of which nothing is stored.
inline SeasonFacts season_facts() {
  SeasonFacts facts;
  facts.season = "2025-26";
  facts.now = *parse_utc("2026-04-12T12:00:00Z");
  facts.types = {SeasonType::kRegular};
  return facts;
}

// What upstream answers to a dataset's requests.
inline std::vector<Fetched> answers_of(const Dataset& dataset, const SeasonFacts& facts) {
  std::vector<Fetched> answers;
  for (const auto& request : dataset.requests(facts)) {
    answers.push_back(
        {request,
         testing::file_text(std::string(NBASYNC_DEMO_SEASON "/") + replay_file_name(request)),
         {}});
  }
  return answers;
}

inline std::size_t bytes_of(const std::vector<Fetched>& answers) {
  std::size_t sum = 0;
  for (const auto& answer : answers) sum += answer.body.size();
  return sum;
}

}  // namespace nbasync::bench
