#include "dataset/game_story.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

using std::chrono::hours;

constexpr hours kLongestGame{6};
constexpr std::chrono::minutes kBetweenClaims{10};
constexpr hours kDoubtful{24};

struct StatusWord {
  std::string_view begin;  // of the text, in small letters
  std::string_view status;
};
constexpr auto kWords = std::to_array<StatusWord>({
    {"final", "final"},
    {"ppd", "postponed"},
    {"postponed", "postponed"},
    {"cancel", "cancelled"},
    {"suspended", "suspended"},
    {"delayed", "scheduled"},
    {"tbd", "scheduled"},
});

// The greater one is the later word.
int weight(std::string_view status) {
  if (status == "final") return 4;
  if (status == "postponed" || status == "cancelled" || status == "suspended") return 3;
  if (status == "live") return 2;
  return 1;
}

bool is_put_off(std::string_view status) { return weight(status) == 3; }

const StoredGame* stored_game(const SeasonFacts& facts, const std::string& id) {
  const auto found = facts.games.find(id);
  return found == facts.games.end() ? nullptr : &found->second;
}

std::optional<GameStory> logs_say(const std::string& id, const StoredGame* game,
                                  const SeasonFacts& facts) {
  const auto logged = facts.logs.find(id);
  if (logged == facts.logs.end() || !logged->second.over) return std::nullopt;
  GameStory story{"final", {}, {}};
  const auto& points = logged->second.points;
  if (game != nullptr && game->home_team && game->away_team) {
    const auto home = points.find(*game->home_team);
    const auto away = points.find(*game->away_team);
    if (home != points.end()) story.home_score = home->second;
    if (away != points.end()) story.away_score = away->second;
  }
  return story;
}

std::optional<GameStory> board_says(const std::string& id, std::string_view date,
                                    const StoredGame* game, const SeasonFacts& facts) {
  const auto found = facts.board.find(id);
  if (found == facts.board.end()) return std::nullopt;
  const auto& board = found->second;
  const auto status = read_status(board.code, board.text);
  if (!status) return std::nullopt;
  if (is_put_off(*status) && date > board.date) return std::nullopt;  // it has a new day
  const bool silent = game != nullptr && began(*game) < facts.now - kLongestGame;
  if (*status == "live" && silent) return std::nullopt;
  return GameStory{std::string(*status), board.home_score, board.away_score};
}

// Whether a final game may become what this says.
bool may_leave_final(const std::string& id, Teller teller, const GameStory& said,
                     const StoredGame& game, const SeasonFacts& facts, std::vector<Claim>& claims) {
  if (facts.force || is_put_off(said.status)) return true;
  const auto about =
      format("games {} by the {}", id, teller == Teller::kByBoard ? "scoreboard" : "schedule");
  const auto known = facts.remembered.find(about);
  const bool again = known != facts.remembered.end() && known->second.claim == said.status &&
                     known->second.claimed_at &&
                     facts.now - *known->second.claimed_at >= kBetweenClaims;
  const bool fresh = facts.now < began(game) + kDoubtful;
  if (again && fresh) {
    claims.push_back({about, {}});
    return true;
  }
  if (fresh) claims.push_back({about, said.status});
  return false;
}

}  // namespace

std::optional<std::string_view> read_status(std::optional<std::int64_t> code,
                                            std::string_view text) {
  const auto small = lower(trimmed(text, kBlanksOfLines));
  for (const auto& [begin, status] : kWords) {
    if (small.starts_with(begin)) return status;
  }
  if (code == 1) return "scheduled";
  if (code == 2) return "live";
  if (code == 3) return "final";
  return std::nullopt;
}

std::int64_t code_of(std::string_view status) {
  if (status == "final") return 3;
  return status == "live" ? 2 : 1;
}

GameStory settle(const std::string& id, Teller teller, const GameStory& said, std::string_view date,
                 const SeasonFacts& facts, std::vector<Claim>& claims) {
  const auto* game = stored_game(facts, id);
  auto best = said;
  const auto consider = [&](const std::optional<GameStory>& other) {
    if (other && weight(other->status) > weight(best.status)) best = *other;
  };
  if (const auto logged = teller == Teller::kByLogs ? std::nullopt : logs_say(id, game, facts)) {
    best = *logged;
    if (!best.home_score) best.home_score = said.home_score;
    if (!best.away_score) best.away_score = said.away_score;
  } else {
    if (teller != Teller::kByBoard) consider(board_says(id, date, game, facts));
    const bool put_off = game != nullptr && is_put_off(game->status) && date <= game->date;
    if (teller != Teller::kBySchedule && put_off) {
      consider(GameStory{game->status, {}, {}});
    }
  }
  const bool was_final = game != nullptr && game->status == "final";
  if (was_final && best.status != "final" &&
      !may_leave_final(id, teller, best, *game, facts, claims)) {
    return {game->status, game->home_score, game->away_score};
  }
  if (best.status != "final" && best.status != "live") best.home_score = best.away_score = {};
  return best;
}

}  // namespace nbasync
