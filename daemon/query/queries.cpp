#include "query/queries.hpp"

#include <string_view>
#include <utility>

#include "base/format.hpp"
#include "base/text.hpp"
#include "model/season_type.hpp"

// SQLite takes NULL for the smallest, PostgreSQL for the largest: where a column that is ordered by
// may be NULL, the statement says where that goes, as SQLite has it.
namespace nbasync::queries {
namespace {

// The place of the next value: "$2".
std::string next_place(const Query& query) { return format("${}", query.values.size() + 1); }

// Before a condition of the query's SELECT.
void and_where(Query& query) {
  query.sql += query.sql.find(" WHERE ") == std::string::npos ? " WHERE " : " AND ";
}

// Adds a condition to the query's SELECT; its one {} takes the value.
void where(Query& query, std::string_view condition, const std::optional<std::string>& value) {
  if (!value) return;
  and_where(query);
  query.sql += fmt::format(fmt::runtime(condition), next_place(query));
  query.values.emplace_back(*value);
}

bool is_id(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

// A part of a season, by its games.
void where_type(Query& query, const std::string& type) {
  const auto part = parse_word<SeasonType>(type);
  where(query, "game_id LIKE {}", part ? format("00{}%", names_of(*part).digit) : "00%");
}

void where_team(Query& query, std::string_view by_abbreviation,
                const std::optional<std::string>& team) {
  if (!team) return;
  if (is_id(*team)) {
    where(query, "team_id = CAST({} AS BIGINT)", team);
  } else {
    where(query, by_abbreviation, team);
  }
}

void limit_to(Query& query, unsigned limit) {
  query.sql += " LIMIT " + next_place(query);
  query.values.emplace_back(std::int64_t{limit});
}

// For LIKE: what contains the text, in small letters, where only the database's own letters have
// case.
std::string containing(const std::string& text) {
  std::string pattern = "%";
  for (const char c : lower(text)) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

// As in a slug, where names have no marks: "d'marco st. clair" is "dmarco-st-clair".
std::string slug_containing(const std::string& text) {
  std::string slug;
  for (const char c : text) {
    if (c != '\'' && c != '.') slug += c == ' ' ? '-' : c;
  }
  return containing(slug);
}

// Adds a condition with two values, each with its {}.
void where_either(Query& query, std::string_view condition, std::string first, std::string second) {
  and_where(query);
  const auto place = next_place(query);
  query.values.emplace_back(std::move(first));
  query.sql += fmt::format(fmt::runtime(condition), place, next_place(query));
  query.values.emplace_back(std::move(second));
}

void where_player(Query& query, const std::optional<std::string>& player) {
  if (!player) return;
  if (is_id(*player)) {
    where(query, "player_id = CAST({} AS BIGINT)", player);
    return;
  }
  where_either(query,
               "(lower(player_name) LIKE {} ESCAPE '\\' OR player_id IN "
               "(SELECT player_id FROM players WHERE lower(slug) LIKE {} ESCAPE '\\'))",
               containing(*player), slug_containing(*player));
}

}  // namespace

Query teams() {
  return {"teams", "SELECT * FROM nba_teams ORDER BY full_name NULLS FIRST, team_id", {}};
}

Query team_stats(const std::optional<std::string>& season, const std::string& type,
                 const std::string& split) {
  Query query{"team_stats", "SELECT * FROM team_season_stats", {}};
  where(query, "season = coalesce(nullif({}, ''), (SELECT max(season) FROM team_season_stats))",
        season.value_or(""));
  const bool all = type == kAllTypes;
  const bool regular = type == to_string(SeasonType::kRegular);
  if (split == "all") {
    // Splits of the playoffs begin with that word, those of the regular season with none.
    if (regular) where(query, "split_type NOT LIKE {}", "playoffs%");
    if (!regular && !all) where(query, "split_type LIKE {}", type + "%");
  } else {
    const auto of_type = split == "overall" ? type : format("{}_{}", type, split);
    if (all) {
      where(query, "split_type IN ({}, ", split);
      query.sql += next_place(query) + ")";
      query.values.emplace_back(split == "overall" ? "playoffs" : "playoffs_" + split);
    } else {
      where(query, "split_type = {}", regular ? split : of_type);
    }
  }
  query.sql += " ORDER BY team_id, split_type";
  return query;
}

Query game_logs(const std::optional<std::string>& team, const std::optional<std::string>& season,
                const std::string& type, unsigned limit) {
  Query query{"game_logs", "SELECT * FROM team_game_logs", {}};
  where_type(query, type);
  where_team(query,
             "team_id IN (SELECT team_id FROM nba_teams WHERE team_abbreviation = upper({0}) UNION "
             "SELECT team_id FROM standings WHERE team_abbreviation = upper({0}) AND "
             "standings.season = team_game_logs.season)",
             team);
  where(query, "season = {}", season);
  query.sql += " ORDER BY game_date DESC NULLS LAST, game_id DESC, team_id";
  limit_to(query, limit);
  return query;
}

Query standings(const std::optional<std::string>& season) {
  Query query{"standings", "SELECT * FROM standings", {}};
  where(query, "season = coalesce(nullif({}, ''), (SELECT max(season) FROM standings))",
        season.value_or(""));
  query.sql += " ORDER BY conference NULLS FIRST, conference_rank NULLS FIRST, team_id";
  return query;
}

Query players(const std::optional<std::string>& team, const std::optional<std::string>& name,
              unsigned limit) {
  Query query{"players", "SELECT * FROM players", {}};
  where_team(query, "team_abbreviation = upper({})", team);
  if (name) {
    where_either(query, "(lower(full_name) LIKE {} ESCAPE '\\' OR lower(slug) LIKE {} ESCAPE '\\')",
                 containing(*name), slug_containing(*name));
  }
  query.sql += " ORDER BY full_name NULLS FIRST, player_id";
  limit_to(query, limit);
  return query;
}

Query player_game_logs(const std::optional<std::string>& player,
                       const std::optional<std::string>& team,
                       const std::optional<std::string>& season, const std::string& type,
                       unsigned limit) {
  Query query{"player_game_logs", "SELECT * FROM player_game_logs", {}};
  where_type(query, type);
  where_player(query, player);
  where_team(query, "team_abbreviation = upper({})", team);
  where(query, "season = {}", season);
  query.sql +=
      " ORDER BY game_date DESC NULLS LAST, game_id DESC, team_id, points DESC NULLS LAST, "
      "player_id";
  limit_to(query, limit);
  return query;
}

Query player_stats(const std::optional<std::string>& season, const std::string& split,
                   const std::optional<std::string>& player, const std::optional<std::string>& team,
                   unsigned limit) {
  Query query{"player_stats", "SELECT * FROM player_season_stats", {}};
  if (season || !player) {
    where(query, "season = coalesce(nullif({}, ''), (SELECT max(season) FROM player_season_stats))",
          season.value_or(""));
  }
  if (split != kAllTypes) where(query, "split_type = {}", split);
  where_player(query, player);
  where_team(query, "team_abbreviation = upper({})", team);
  query.sql += " ORDER BY season DESC, points DESC NULLS LAST, player_id, split_type";
  limit_to(query, limit);
  return query;
}

Query schedule(const std::string& from, const std::optional<std::string>& to, unsigned limit) {
  Query query{"schedule", "SELECT * FROM games WHERE id LIKE '00%'", {}};
  where(query, "game_date >= {}", from);
  where(query, "game_date <= {}", to);
  query.sql += " ORDER BY game_date, game_time_utc NULLS FIRST, id";
  limit_to(query, limit);
  return query;
}

Query anything() { return {"marks", "SELECT count(*) AS marks FROM nbasync_meta", {}}; }

}  // namespace nbasync::queries
