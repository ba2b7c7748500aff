#include "support/predecessor_traits.hpp"

namespace nbasync::testing {
namespace {

constexpr PredecessorTable kTables[] = {
    {"data_sync_log",
     "id INTEGER PRIMARY KEY AUTOINCREMENT;run_id TEXT;sync_type TEXT;season TEXT;status TEXT;"
     "triggered_by TEXT;started_at TIMESTAMP;completed_at TIMESTAMP;duration_seconds REAL;"
     "records_synced INTEGER;error_message TEXT;",
     "",
     "INSERT INTO data_sync_log (run_id, sync_type, season, status, triggered_by, started_at, "
     "completed_at, records_synced) VALUES ('plain', 'full', '2025-26', 'success', 'cron', "
     "'2026-01-02T05:00:00Z', '2026-01-02T05:01:00Z', 1230), "
     "('failed', 'teams', '2025-26', 'failed', 'cron', '2026-01-03T05:00:00Z', "
     "'2026-01-03T05:01:00Z', 0)"},
    {"nba_teams",
     "team_id INTEGER PRIMARY KEY;team_abbreviation TEXT;full_name TEXT;city TEXT;state TEXT;"
     "year_founded INTEGER;season TEXT;last_updated TIMESTAMP;",
     "",
     "INSERT INTO nba_teams (team_id, team_abbreviation, full_name, season, last_updated) VALUES "
     "(1610612744, 'GSW', 'Warriors', '2025-26', 'then'), "
     "(1610612747, 'LAL', 'Lakers', '2024-25', 'then'), (7, 'XYZ', 'Nobody', '2019-20', 'then')"},
    {"games",
     "id TEXT;season TEXT;game_date TEXT;home_team_id INTEGER;away_team_id INTEGER;"
     "home_score INTEGER;away_score INTEGER;status TEXT;created_at TIMESTAMP;"
     "updated_at TIMESTAMP;predicted_total REAL;",
     "id",
     "INSERT INTO games VALUES ('0022500001', '2025-26', '2025-10-22', 1610612744, 1610612747, "
     "1, 2, 'Scheduled', 'then', 'then', 221.5), ('0022400001', '2024-25', '2024-10-22', "
     "1610612744, 1610612747, 100, 99, 'Final', 'then', 'then', NULL)"},
    {"team_game_logs",
     "game_id TEXT;team_id INTEGER;season TEXT;game_date TEXT;matchup TEXT;is_home INTEGER;"
     "team_pts INTEGER;opp_pts INTEGER;win_loss TEXT;fgm INTEGER;synced_at TIMESTAMP;"
     "rating_note TEXT;",
     "game_id, team_id",
     "INSERT INTO team_game_logs VALUES ('0022500001', 1610612744, '2025-26', '2025-10-22', "
     "'GSW vs. LAL', 1, 1, 2, 'L', 3, 'then', 'mine'), ('0022400001', 1610612744, '2024-25', "
     "'2024-10-22', 'GSW vs. LAL', 1, 100, 99, 'W', 3, 'then', 'mine too')"},
    {"team_season_stats",
     "id INTEGER PRIMARY KEY AUTOINCREMENT;team_id INTEGER;season TEXT;split_type TEXT;"
     "games_played INTEGER;ppg REAL;fg_pct REAL;synced_at TIMESTAMP;",
     "",
     "INSERT INTO team_season_stats (team_id, season, split_type, ppg, synced_at) VALUES "
     "(1610612744, '2025-26', 'overall', 1.5, 'then'), "
     "(1610612744, '2025-26', 'last_month', 1.5, 'then')"},
    {"todays_games",
     "game_id TEXT;game_date TEXT;game_time_utc TEXT;home_team_id INTEGER;home_team_name TEXT;"
     "home_team_score INTEGER;away_team_id INTEGER;away_team_name TEXT;away_team_score INTEGER;"
     "game_status_text TEXT;",
     "game_id",
     "INSERT INTO todays_games VALUES ('0022501216', '2026-04-12', '2026-04-12T17:00:00Z', 1, 'A', "
     "0, 2, 'B', 0, '1:00 pm ET'), ('0022500001', '2025-10-22', NULL, 1, 'A', 1, 2, 'B', 2, "
     "'Final')"},
    {"league_averages",
     "season TEXT;ppg REAL;pace REAL;off_rtg REAL;def_rtg REAL;fg_pct REAL;fg3_pct REAL;"
     "ft_pct REAL;updated_at TIMESTAMP;",
     "season",
     "INSERT INTO league_averages VALUES ('2025-26', 1, 2, 3, 4, 5, 6, 7, 'then'), "
     "('2023-24', 1, 2, 3, 4, 5, 6, 7, 'then')"},
};

constexpr PredecessorTrait kTraits[] = {
    {"retries that share a run's id", "data_sync_log", "", "",
     "INSERT INTO data_sync_log (run_id, sync_type, status, started_at) VALUES ('retry', 'full', "
     "'failed', '2026-01-02T06:00:00Z'), ('retry', 'full', 'success', '2026-01-02T06:05:00Z')"},
    {"runs without an id", "data_sync_log", "", "",
     "INSERT INTO data_sync_log (run_id, sync_type, status, started_at) VALUES (NULL, 'schedule', "
     "'success', '2026-01-02T06:00:00Z'), (NULL, '', 'failed', NULL)"},
    {"runs that never ended", "data_sync_log", "", "",
     "INSERT INTO data_sync_log (run_id, sync_type, status, started_at) VALUES ('gone', 'full', "
     "'started', '2026-01-02T06:00:00Z'), (NULL, 'teams', 'started', '2026-01-02T06:05:00Z')"},
    {"times with microseconds and an offset", "data_sync_log", "", "",
     "INSERT INTO data_sync_log (run_id, sync_type, status, started_at, completed_at) VALUES "
     "('micro', 'teams', 'success', '2026-01-02T06:00:00.123456+00:00', "
     "'2026-01-02T06:00:01.654321+00:00'), ('space', 'teams', 'success', "
     "'2026-01-02 06:00:00.123456', '2026-01-02 06:00:01')"},
    {"sync types of its own", "data_sync_log", "", "",
     "INSERT INTO data_sync_log (run_id, sync_type, status, started_at) VALUES ('own', "
     "'team_profiles', 'success', '2026-01-02T06:00:00Z'), ('own2', 'scoring_vs_pace', 'skipped', "
     "'yesterday')"},
    {"more columns of the log", "data_sync_log",
     "target_date_mt TEXT;cdn_games_found INTEGER DEFAULT 0;skipped_count INTEGER;"
     "retry_attempt INTEGER NOT NULL DEFAULT 1;nba_cdn_url TEXT;game_ids_sample TEXT;",
     "",
     "INSERT INTO data_sync_log (run_id, status, target_date_mt, cdn_games_found, "
     "game_ids_sample) VALUES ('more', 'success', '2026-01-02', 9, '[\"0022500001\"]')"},
    {"indices of the log", "data_sync_log", "", "",
     "CREATE INDEX idx_run ON data_sync_log (run_id);"
     "CREATE INDEX idx_status ON data_sync_log (status) WHERE status = 'failed';"
     "CREATE INDEX \"idx type\" ON data_sync_log (sync_type, started_at DESC)"},
    {"a check of the log's status", "data_sync_log",
     "sync_type TEXT NOT NULL DEFAULT 'none';status TEXT NOT NULL DEFAULT 'started';",
     ", CHECK (status IN ('started', 'success', 'failed', 'skipped'))",
     "CREATE TRIGGER log_noted AFTER INSERT ON data_sync_log BEGIN SELECT 1; END"},

    {"unique abbreviations", "nba_teams", "team_abbreviation TEXT UNIQUE NOT NULL;", "",
     "INSERT INTO nba_teams (team_id, team_abbreviation, season, last_updated) VALUES "
     "(1610612739, 'CLE', '2025-26', 'then')"},
    {"abbreviations that changed places", "nba_teams", "team_abbreviation TEXT UNIQUE NOT NULL;",
     "",
     "INSERT INTO nba_teams (team_id, team_abbreviation, season, last_updated) VALUES "
     "(1610612737, 'BOS', '2025-26', 'then'), (1610612738, 'ATL', '2025-26', 'then')"},
    {"another's abbreviation", "nba_teams", "team_abbreviation TEXT UNIQUE NOT NULL;", "",
     "INSERT INTO nba_teams (team_id, team_abbreviation, season, last_updated) VALUES "
     "(1611661320, 'MIA', '2019-20', 'then')"},
    {"teams with time and season", "nba_teams",
     "last_updated TIMESTAMP NOT NULL;season TEXT NOT NULL;", "", ""},

    {"dates with a time", "games", "", "", "UPDATE games SET game_date = game_date || 'T00:00:00'"},
    {"games that must be whole", "games",
     "season TEXT NOT NULL;game_date TEXT NOT NULL;home_team_id INTEGER NOT NULL;"
     "away_team_id INTEGER NOT NULL;created_at TIMESTAMP NOT NULL;updated_at TIMESTAMP NOT NULL;",
     "", ""},
    {"games of teams that there are not", "games", "",
     ", FOREIGN KEY (home_team_id) REFERENCES nba_teams (team_id), FOREIGN KEY (away_team_id) "
     "REFERENCES nba_teams (team_id)",
     "INSERT INTO games (id, season, game_date, home_team_id, away_team_id, created_at, "
     "updated_at) "
     "VALUES ('0022300009', '2023-24', '2024-01-01', 424242, 424243, 'then', 'then')"},
    {"games without a home team", "games", "home_team_id INTEGER;", "",
     "INSERT INTO games (id, season, game_date, away_team_id, created_at, updated_at) VALUES "
     "('0022500147', '2025-26', '2025-11-01', 1610612751, 'then', 'then')"},
    {"games of other leagues", "games", "", "",
     "INSERT INTO games (id, season, game_date, home_team_id, away_team_id, created_at, "
     "updated_at) "
     "VALUES ('1522500001', '2025-26', '2025-07-11', 1610612737, 1610612738, 'then', 'then'), "
     "('1022500007', '2025-26', '2025-10-22', 1, 2, 'then', 'then')"},

    {"lines that must have side and time", "team_game_logs",
     "is_home INTEGER NOT NULL;synced_at TIMESTAMP NOT NULL;", "", ""},
    {"lines of a Summer League", "team_game_logs", "", "",
     "WITH RECURSIVE game (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM game WHERE n < 176) "
     "INSERT INTO team_game_logs SELECT format('15225%05d', n / 2), 1610612737 + n % 2, '2025-26', "
     "'2025-07-11', 'ATL vs. BOS', n % 2, 80 + n % 9, 80 + n % 7, 'W', 30, 'then', NULL FROM game"},
    {"counts with a fraction", "team_game_logs", "team_pts REAL;opp_pts REAL;fgm REAL;", "",
     "UPDATE team_game_logs SET fgm = 26.25"},
    {"lines of games that there must be", "team_game_logs", "",
     ", FOREIGN KEY (game_id) REFERENCES games (id)", ""},

    {"figures of another season", "team_season_stats", "", ", UNIQUE (team_id, season, split_type)",
     "INSERT INTO team_season_stats (team_id, season, split_type, ppg) VALUES (1610612737, "
     "'2024-25', 'overall', 110.5)"},
    {"percentages in mixed units", "team_season_stats", "", "",
     "UPDATE team_season_stats SET fg_pct = 47.1; INSERT INTO team_season_stats (team_id, season, "
     "split_type, fg_pct) VALUES (1610612738, '2025-26', 'overall', 0.471), (1610612738, "
     "'2023-24', 'home', '47.1%')"},

    {"today's teams that must have names", "todays_games",
     "home_team_id INTEGER NOT NULL;home_team_name TEXT NOT NULL;away_team_id INTEGER NOT NULL;"
     "away_team_name TEXT NOT NULL;",
     "", ""},
    {"times of 1900", "todays_games", "", "",
     "UPDATE todays_games SET game_time_utc = '1900-01-01T19:00:00Z'"},
    {"padded texts", "todays_games", "", "",
     "UPDATE todays_games SET game_status_text = game_status_text || '        ';"
     "INSERT INTO todays_games VALUES ('1522500002', '2026-04-12', NULL, 1, 'A', 0, 2, 'B', 0, "
     "'Final   ')"},

    {"averages that must be whole", "league_averages",
     "ppg REAL NOT NULL;pace REAL NOT NULL;off_rtg REAL NOT NULL;def_rtg REAL NOT NULL;"
     "fg_pct REAL NOT NULL;fg3_pct REAL NOT NULL;ft_pct REAL NOT NULL;"
     "updated_at TIMESTAMP NOT NULL;",
     "", ""},

    {"tables of its own", "", "", "",
     "CREATE TABLE ai_game_writeups (id INTEGER PRIMARY KEY, game_id TEXT UNIQUE, words TEXT NOT "
     "NULL, FOREIGN KEY (game_id) REFERENCES games (id));"
     "INSERT INTO ai_game_writeups VALUES (3, '0022500001', 'It''s close'), (5, NULL, '');"
     "CREATE TABLE learned_coefficients (name TEXT PRIMARY KEY, value REAL) WITHOUT ROWID;"
     "INSERT INTO learned_coefficients VALUES ('pace', 0.1), ('rest', -1e-300);"
     "CREATE TABLE matchup_summaries (a INTEGER, b INTEGER, body BLOB, PRIMARY KEY (a, b));"
     "INSERT INTO matchup_summaries VALUES (1, 2, x'00ff00'), (NULL, NULL, NULL);"
     "CREATE TABLE possession_insights_cache (k, v);"
     "INSERT INTO possession_insights_cache VALUES (1, 'one'), ('1', 1.0);"
     "CREATE TABLE team_profiles (team_id INTEGER PRIMARY KEY, profile TEXT, size GENERATED ALWAYS "
     "AS (length(profile)) STORED);"
     "INSERT INTO team_profiles (team_id, profile) VALUES (1610612744, '{}');"
     "CREATE TABLE \"team_scoring_vs_pace\" (\"team id\" INTEGER, pace REAL CHECK (pace > 0));"
     "INSERT INTO team_scoring_vs_pace VALUES (1610612744, 99.5);"
     "CREATE INDEX idx_pace ON team_scoring_vs_pace (pace)"},
    {"views", "", "", "",
     "CREATE VIEW finals AS SELECT id, home_score FROM games WHERE status = 'Final';"
     "CREATE VIEW runs_of_log AS SELECT run_id, status FROM data_sync_log;"
     "CREATE VIEW broken AS SELECT nowhere FROM there_is_not"},
    {"triggers", "", "", "",
     "CREATE TABLE audit (seen INTEGER);"
     "CREATE TRIGGER audited AFTER UPDATE ON nba_teams BEGIN SELECT new.team_id; END;"
     "CREATE TRIGGER on_line AFTER INSERT ON team_game_logs BEGIN SELECT count(*) FROM games; END;"
     "CREATE TRIGGER on_audit AFTER INSERT ON audit BEGIN UPDATE audit SET seen = 1; END"},
    {"indices of the data", "", "", "",
     "CREATE INDEX idx_date ON games (game_date);"
     "CREATE UNIQUE INDEX idx_pair ON team_game_logs (team_id, game_id);"
     "CREATE INDEX idx_upper ON nba_teams (upper(team_abbreviation))"},
    {kOtherCase, ""},
    {kWithoutRowid, ""},
    {kWal, "", "", "", "PRAGMA journal_mode = WAL"},
};

}  // namespace

std::span<const PredecessorTable> plain_tables() { return kTables; }
std::span<const PredecessorTrait> traits_of_tables() { return kTraits; }

}  // namespace nbasync::testing
