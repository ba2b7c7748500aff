# fish completion for nbasyncctl

# The command that the line has: the first word that is no option, nor the value of one.
function __nbasyncctl_words
    set -l skip no
    for word in (commandline -opc)[2..-1]
        if test $skip = yes
            set skip no
            continue
        end
        switch $word
            case --socket --season --if-busy --timeout --run-timeout --type --last --status --limit -n --since --table --format --output -o
                set skip yes
            case '-*'
            case '*'
                echo $word
        end
    end
end

function __nbasyncctl_no_verb
    test (count (__nbasyncctl_words)) -eq 0
end

function __nbasyncctl_verb
    set -l words (__nbasyncctl_words)
    contains -- "$words[1]" $argv
end

# The command, and no operand yet.
function __nbasyncctl_operand
    set -l words (__nbasyncctl_words)
    test (count $words) -eq 1; and contains -- "$words[1]" $argv
end

# Asks the daemon that the line means.
function __nbasyncctl_ask
    set -l line (commandline -opc)
    set -l daemon
    for i in (seq 2 (count $line))
        switch $line[$i]
            case --socket
                set daemon --socket $line[(math $i + 1)]
            case '--socket=*' --system --session
                set daemon $line[$i]
        end
    end
    nbasyncctl $daemon $argv 2>/dev/null
end

complete -c nbasyncctl -f

complete -c nbasyncctl -s h -l help -d 'Print help'
complete -c nbasyncctl -l json -d 'Print JSON, and nothing else'
complete -c nbasyncctl -s q -l quiet -d 'Print nothing but errors; of lists, only the ids'
complete -c nbasyncctl -l utc -d 'Tell times in UTC, not in the zone of TZ'
complete -c nbasyncctl -l socket -r -F -d "Use the daemon's control socket there"
complete -c nbasyncctl -l system -d 'Use the system bus, not the socket'
complete -c nbasyncctl -l session -d 'Use the session bus, not the socket'
complete -c nbasyncctl -n __nbasyncctl_no_verb -s V -l version -d 'Print the version'

complete -c nbasyncctl -n __nbasyncctl_no_verb -a sync -d 'Sync a type of data now, and wait for the end'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a status -d 'Show what the daemon does and how fresh the data is'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a runs -d 'List the last syncs'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a run -d 'Show one sync'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a cancel -d 'Cancel a sync that waits or runs'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a backfill -d 'Fetch past seasons, one after another'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a watch -d 'Follow syncs as they happen'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a schedules -d 'List the schedules: what runs next, and why'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a explain -d 'Show why a schedule runs when it does'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a pause -d 'Pause the schedules; what runs goes on'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a resume -d 'Let paused schedules go on'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a games -d "Show the scores of today's games, or of another day"
complete -c nbasyncctl -n __nbasyncctl_no_verb -a standings -d 'Show the standings of a season'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a player -d 'Show a player, his seasons and his last games'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a changes -d 'Show which rows of the data were changed, and follow it'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a schema -d 'Show what each column of the data means'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a export -d 'Write a table of the data as CSV or NDJSON'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a snapshot -d 'Write the whole database as a file'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a doctor -d 'Tell what is wrong with data and installation'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a reload -d 'Have the daemon read its configuration anew'
complete -c nbasyncctl -n __nbasyncctl_no_verb -a version -d 'Show the versions of client and daemon'

complete -c nbasyncctl -n '__nbasyncctl_operand sync' -a 'teams schedule season_stats game_logs todays_games players player_game_logs player_season_stats full'
complete -c nbasyncctl -n '__nbasyncctl_verb sync' -l season -x -a auto -d 'Season, like 2025-26, or auto'
complete -c nbasyncctl -n '__nbasyncctl_verb sync' -l no-wait -d "Do not wait for the end: print the run's id"
complete -c nbasyncctl -n '__nbasyncctl_verb sync' -l if-busy -x -a 'queue fail join' -d 'When another sync runs'
complete -c nbasyncctl -n '__nbasyncctl_verb sync' -l timeout -x -d 'Wait at most so long for other syncs to end'
complete -c nbasyncctl -n '__nbasyncctl_verb sync' -l run-timeout -x -d 'Cancel the sync when it runs longer'
complete -c nbasyncctl -n '__nbasyncctl_verb sync' -l dry-run -d 'Fetch and count, but write nothing'
complete -c nbasyncctl -n '__nbasyncctl_verb sync' -l force -d 'Write also what upstream has not changed'

complete -c nbasyncctl -n '__nbasyncctl_verb status' -l check -d 'Only tell which data is stale; exit with 9 when some is'
complete -c nbasyncctl -n '__nbasyncctl_verb status' -l all -d 'Also the schedules and all recent syncs, whether they fit or not'
complete -c nbasyncctl -n '__nbasyncctl_verb status' -l watch -d 'Show it until Ctrl-C, as it changes'

complete -c nbasyncctl -n '__nbasyncctl_verb runs' -s n -l limit -x -d 'At most so many, newest first'
complete -c nbasyncctl -n '__nbasyncctl_verb runs' -l type -x -a 'teams schedule season_stats game_logs todays_games players player_game_logs player_season_stats full' -d 'Only of this sync type'
complete -c nbasyncctl -n '__nbasyncctl_verb runs' -l last -x -a 'teams schedule season_stats game_logs todays_games players player_game_logs player_season_stats full' -d 'Only the last one of this sync type'
complete -c nbasyncctl -n '__nbasyncctl_verb runs' -l status -x -a 'started success failed cancelled timeout interrupted' -d 'Only those that stand so'

complete -c nbasyncctl -n '__nbasyncctl_operand run cancel watch' -a '(__nbasyncctl_ask runs -q)'
complete -c nbasyncctl -n '__nbasyncctl_operand backfill' -a 'status stop'
complete -c nbasyncctl -n '__nbasyncctl_operand explain' -a '(__nbasyncctl_ask schedules -q)'
complete -c nbasyncctl -n '__nbasyncctl_operand games' -a 'today yesterday tomorrow'
complete -c nbasyncctl -n '__nbasyncctl_verb games' -l watch -d 'Show them until Ctrl-C, as they change'

complete -c nbasyncctl -n '__nbasyncctl_verb changes' -l since -x -d 'Those after this number, oldest first'
complete -c nbasyncctl -n '__nbasyncctl_verb changes' -l table -x -a 'nba_teams standings games todays_games team_season_stats league_averages team_game_logs players player_game_logs player_season_stats' -d 'Only of this table of the database'
complete -c nbasyncctl -n '__nbasyncctl_verb changes' -l corrections -d 'Only of games that had been final for long'
complete -c nbasyncctl -n '__nbasyncctl_verb changes' -s n -l limit -x -d 'At most so many'
complete -c nbasyncctl -n '__nbasyncctl_verb changes' -s f -l follow -d 'Go on with what comes, until Ctrl-C'

complete -c nbasyncctl -n '__nbasyncctl_operand schema export' -a 'nba_teams standings games todays_games team_season_stats league_averages team_game_logs players player_game_logs player_season_stats v_games v_standings v_team_game v_team_form v_head_to_head v_player_season'
complete -c nbasyncctl -n '__nbasyncctl_verb schema' -l csv -d 'Print CSV, a line a column'
complete -c nbasyncctl -n '__nbasyncctl_verb export' -l season -x -d 'Only of this season, like 2025-26'
complete -c nbasyncctl -n '__nbasyncctl_verb export' -l format -x -a 'csv ndjson' -d 'As what'
complete -c nbasyncctl -n '__nbasyncctl_verb export' -s o -l output -r -F -d 'Write this file'
complete -c nbasyncctl -n '__nbasyncctl_operand snapshot' -F
