-- What the demo shows of its database: rows, the best teams, today's games.
.mode box
SELECT (SELECT count(*) FROM nba_teams)         AS teams,
       (SELECT count(*) FROM games)             AS games,
       (SELECT count(*) FROM team_game_logs)    AS team_game_logs,
       (SELECT count(*) FROM team_season_stats) AS team_season_stats,
       (SELECT count(*) FROM todays_games)      AS todays_games,
       (SELECT count(*) FROM player_game_logs)  AS player_game_logs;

SELECT net_rtg_rank AS rank, full_name AS team, wins AS W, losses AS L, ppg, opp_ppg,
       off_rtg, def_rtg, net_rtg, pace
  FROM team_season_stats JOIN nba_teams USING (team_id)
 WHERE split_type = 'overall' ORDER BY net_rtg_rank, full_name LIMIT 8;

SELECT away_team_name || ' ' || coalesce(away_team_score, '') AS away,
       home_team_name || ' ' || coalesce(home_team_score, '') AS home,
       game_status_text AS status, game_date AS day
  FROM todays_games ORDER BY game_status_code <> 2, game_status_code, game_id LIMIT 8;
