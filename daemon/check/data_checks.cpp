#include "check/data_checks.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "check/season_checks.hpp"
#include "check/whole_checks.hpp"
#include "dataset/dataset.hpp"
#include "model/season.hpp"

namespace nbasync {

CheckAnswers check_season(Connection& connection, const std::string& season,
                          const std::vector<SeasonType>& types, SystemTime now,
                          const std::stop_token& stop) {
  StoredSeason stored;
  stored.season = season;
  stored.now = now;
  stored.types = types;
  read_stored(connection, stored, stop);
  CheckAnswers answers;
  for (const auto& check : season_checks()) {
    auto& answer = answers.emplace_back(check.look(stored));
    answer.check = check.word;
    answer.season = season;
  }
  return answers;
}

CheckAnswers check_whole(Connection& connection, SystemTime now, const std::stop_token& stop) {
  CheckAnswers answers;
  for (const auto& check : whole_checks()) {
    answers.emplace_back(check.look(connection, now, stop)).check = check.word;
  }
  return answers;
}

CheckAnswers check_data(Connection& connection, const std::vector<SeasonType>& types,
                        SystemTime now, const std::stop_token& stop) {
  std::vector<std::string> seasons;
  connection.each(
      "SELECT season FROM games WHERE id LIKE '00%' UNION SELECT season FROM team_game_logs WHERE "
      "game_id LIKE '00%' ORDER BY 1 DESC",
      {},
      [&](const Row& row) {
        auto season = to_text(row[0]);
        if (season_start_year(season)) seasons.push_back(std::move(season));
      },
      stop);
  CheckAnswers answers;
  for (const auto& season : seasons) {
    if (stop.stop_requested()) throw Error(Errc::kCancelled, "the comparison was broken off");
    std::ranges::move(check_season(connection, season, types, now, stop),
                      std::back_inserter(answers));
  }
  std::ranges::move(check_whole(connection, now, stop), std::back_inserter(answers));
  return answers;
}

CheckAnswers unchecked_data(const std::string& why) {
  CheckAnswers answers;
  for (const auto word : data_check_words()) answers.emplace_back(unchecked(why)).check = word;
  return answers;
}

std::vector<std::string_view> data_check_words() {
  std::vector<std::string_view> words;
  for (const auto& check : season_checks()) words.push_back(check.word);
  for (const auto& check : whole_checks()) words.push_back(check.word);
  return words;
}

std::string note_of(const CheckAnswers& answers) {
  std::string note;
  for (const auto& answer : answers) {
    if (answer.status != CheckStatus::kFinding || answer.season.empty()) continue;
    add_note(note, format("{}: {}", answer.check, answer.text));
  }
  return note;
}

CheckAnswers summed_up(const CheckAnswers& answers) {
  CheckAnswers result;
  for (const auto word : data_check_words()) {
    std::vector<const CheckAnswer*> well;
    std::vector<const CheckAnswer*> others;
    for (const auto& answer : answers) {
      if (answer.check != word) continue;
      (answer.status == CheckStatus::kOk ? well : others).push_back(&answer);
    }
    for (const auto* answer : others) result.push_back(*answer);
    if (well.empty()) continue;
    auto& answer = result.emplace_back(*well.front());
    if (well.size() == 1) continue;
    answer.season.clear();
    answer.text = format("{} seasons are well", well.size());
  }
  return result;
}

}  // namespace nbasync
