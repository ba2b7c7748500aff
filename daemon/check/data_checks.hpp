#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "db/connection.hpp"
#include "model/check_answer.hpp"
#include "model/season_type.hpp"

// The stored data compared with itself. Nothing is written, and upstream is not asked. Blocking;
// the thread of the connection. Throws Error(kStorage…), kCancelled.
namespace nbasync {

// One season: an answer a check (check/season_checks). `types`: that are synced.
CheckAnswers check_season(Connection& connection, const std::string& season,
                          const std::vector<SeasonType>& types, SystemTime now,
                          const std::stop_token& stop);

// What is not about one season (check/whole_checks).
CheckAnswers check_whole(Connection& connection, SystemTime now, const std::stop_token& stop);

// All seasons that have rows, the newest first, then the rest.
CheckAnswers check_data(Connection& connection, const std::vector<SeasonType>& types,
                        SystemTime now, const std::stop_token& stop);

// All of them, not made.
CheckAnswers unchecked_data(const std::string& why);

// The words of all checks of the data.
std::vector<std::string_view> data_check_words();

// The findings of a season as a run's note: "final-lines: …; standings: …". Empty if there is none.
std::string note_of(const CheckAnswers& answers);

// For people: one answer a check where all seasons are well; findings stay as they are.
CheckAnswers summed_up(const CheckAnswers& answers);

}  // namespace nbasync
