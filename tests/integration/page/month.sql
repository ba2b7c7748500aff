-- What a daemon has in its log after a month, up to 2026-04-12 23:40 UTC. For month_test.cpp.

-- Each hour the scoreboard.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 719)
INSERT INTO data_sync_log (run_id, sync_type, season, status, triggered_by, requested_at, started_at, completed_at,
    duration_seconds, records_synced, inserted_count, updated_count, unchanged_count, deleted_count, request_count, bytes_received)
SELECT 'hourly-' || i, 'todays_games', '2025-26', 'success', 'schedule:hourly', began, began,
       strftime('%Y-%m-%dT%H:%M:%fZ', began, '0.6 seconds'), 0.4 + i % 7 / 10.0, 15, 0, changed, 15 - changed, 0, 1, 1700
FROM (SELECT i, i % 24 IN (1, 2, 3, 4, 5) * (i % 6) AS changed,
             strftime('%Y-%m-%dT%H:%M:%fZ', '2026-04-12T23:40:00', '-' || i || ' hours') AS began FROM n)
ORDER BY i DESC;

-- In the last evening every three minutes.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 110)
INSERT INTO data_sync_log (run_id, sync_type, season, status, triggered_by, requested_at, started_at, completed_at,
    duration_seconds, records_synced, inserted_count, updated_count, unchanged_count, deleted_count, request_count, bytes_received)
SELECT 'live-' || i, 'todays_games', '2025-26', 'success', 'schedule:live', began, began,
       strftime('%Y-%m-%dT%H:%M:%fZ', began, '0.5 seconds'), 0.4 + i % 5 / 10.0, 15, 0, 1 + i % 6, 14 - i % 6, 0, 1, 1700
FROM (SELECT i, strftime('%Y-%m-%dT%H:%M:%fZ', '2026-04-12T23:40:00', '-' || (3 * i) || ' minutes') AS began FROM n)
ORDER BY i DESC;

-- Each night a full sync: '' is the whole, the others are its steps. One failed, one was interrupted.
WITH RECURSIVE
  n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29),
  step(type, at, took, read, changed, requests, bytes) AS (VALUES
    ('', 0, 31, 28100, 460, 20, 6100000),
    ('/teams', 0, 2, 60, 30, 2, 19600),
    ('/schedule', 2, 2, 1328, 9, 1, 1800000),
    ('/season_stats', 4, 9, 138, 88, 9, 113300),
    ('/game_logs', 13, 5, 2650, 18, 3, 2000000),
    ('/todays_games', 18, 1, 15, 8, 1, 1700),
    ('/players', 19, 2, 426, 3, 1, 81000),
    ('/player_game_logs', 21, 5, 23900, 180, 1, 2000000),
    ('/player_season_stats', 26, 5, 649, 124, 2, 192100))
INSERT INTO data_sync_log (run_id, sync_type, season, status, triggered_by, requested_at, started_at, completed_at,
    duration_seconds, records_synced, inserted_count, updated_count, unchanged_count, deleted_count, request_count, bytes_received,
    error_code, error_message)
SELECT 'nightly-' || i || type, iif(type = '', 'full', substr(type, 2)), '2025-26', status, 'schedule:nightly',
       strftime('%Y-%m-%dT%H:%M:%fZ', night, '-' || (i * 37 % 11) || ' seconds'),
       strftime('%Y-%m-%dT%H:%M:%fZ', night, at || ' seconds'),
       strftime('%Y-%m-%dT%H:%M:%fZ', night, (at + lasted) || ' seconds'), lasted,
       read, changed / 9, changed * (70 + i * 31 % 50) / 100, read - changed, 0, requests, bytes,
       iif(status = 'failed', 'upstream-blocked', NULL),
       iif(status = 'failed', 'stats.nba.com answered with status 403', NULL)
FROM (SELECT *, took + i * 13 % 7 * (type = '') AS lasted,
             strftime('%Y-%m-%dT%H:%M:%fZ', '2026-04-12T10:03:00', '-' || i || ' days') AS night,
             CASE WHEN i = 11 AND type IN ('', '/season_stats') THEN 'failed'
                  WHEN i = 19 AND type = '' THEN 'interrupted' ELSE 'success' END AS status
      FROM n, step)
ORDER BY i DESC, at DESC;

-- What the next sync of these finds is changed; a correction where the game was settled.
UPDATE team_game_logs SET turnovers = turnovers - 1, assists = assists + 2
WHERE rowid IN (SELECT rowid FROM team_game_logs ORDER BY game_date DESC LIMIT 1 OFFSET 70);
UPDATE player_game_logs SET rebounds = rebounds - 1
WHERE rowid IN (SELECT rowid FROM player_game_logs ORDER BY game_date DESC, rowid LIMIT 1 OFFSET 400);
UPDATE player_game_logs SET points = points - 2, fgm = fgm - 1
WHERE rowid IN (SELECT rowid FROM player_game_logs ORDER BY game_date DESC, rowid LIMIT 1 OFFSET 433);
UPDATE players SET jersey_number = '0' WHERE player_id = (SELECT min(player_id) FROM players);
UPDATE standings SET wins = wins - 1, losses = losses + 1 WHERE team_id IN (1610612737, 1610612738);
