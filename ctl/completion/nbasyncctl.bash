# bash completion for nbasyncctl

_nbasyncctl() {
  local everywhere='-h --help --json -q --quiet --utc --socket --system --session'
  local types='teams schedule season_stats game_logs todays_games players player_game_logs player_season_stats full'
  local tables='nba_teams standings games todays_games team_season_stats league_averages team_game_logs players player_game_logs player_season_stats'
  local views='v_games v_standings v_team_game v_team_form v_head_to_head v_player_season'
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()

  # --option=value comes as three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi

  # The command is the first word that is no option, nor the value of one. Which daemon is meant
  # goes on to the nbasyncctl that is asked for words.
  local i verb= operands=0
  local -a daemon=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --socket)
        [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
        ((i++))
        daemon=(--socket "${COMP_WORDS[i]}")
        ;;
      --system | --session) daemon=("${COMP_WORDS[i]}") ;;
       --season | --if-busy | --timeout | --run-timeout | --type | --last | --status | --limit | -n | --since | --table | --format | --output | -o)
        [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
        ((i++))
        ;;
      -* | =) ;;
      *) if [[ -z $verb ]]; then verb=${COMP_WORDS[i]}; else ((operands++)); fi ;;
    esac
  done

  case $prev in
    --socket)
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -f -- "$cur"))
      return
      ;;
    --season)
      COMPREPLY=($(compgen -W 'auto' -- "$cur"))
      return
      ;;
    --if-busy)
      COMPREPLY=($(compgen -W 'queue fail join' -- "$cur"))
      return
      ;;
    --timeout | --run-timeout)
      COMPREPLY=($(compgen -W '10s 30s 1m 5m 30m 1h' -- "$cur"))
      return
      ;;
    --type | --last)
      COMPREPLY=($(compgen -W "$types" -- "$cur"))
      return
      ;;
    --status)
      COMPREPLY=($(compgen -W 'started success failed cancelled timeout interrupted' -- "$cur"))
      return
      ;;
    --table)
      COMPREPLY=($(compgen -W "$tables" -- "$cur"))
      return
      ;;
    --format)
      COMPREPLY=($(compgen -W 'csv ndjson' -- "$cur"))
      return
      ;;
    -o | --output)
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -f -- "$cur"))
      return
      ;;
    -n | --limit | --since)
      return
      ;;
  esac

  local options= words=
  case $verb in
    '')
      options='-V --version'
      words='sync status runs run cancel backfill watch schedules explain pause resume games standings player changes schema export snapshot doctor reload version'
      ;;
    sync)
      options='--season --no-wait --if-busy --timeout --run-timeout --dry-run --force'
      words=$types
      ;;
    status) options='--check --all --watch' ;;
    runs) options='-n --limit --type --last --status' ;;
    run | cancel | watch) [[ $cur == -* ]] || words=$(nbasyncctl "${daemon[@]}" runs -q 2>/dev/null) ;;
    explain) [[ $cur == -* ]] || words=$(nbasyncctl "${daemon[@]}" schedules -q 2>/dev/null) ;;
    backfill) words='status stop' ;;
    games)
      options='--watch'
      words='today yesterday tomorrow'
      ;;
    schema)
      options='--csv'
      words="$tables $views"
      ;;
    export)
      options='--season --format -o --output'
      words="$tables $views"
      ;;
    snapshot)
      if [[ $cur != -* ]] && ((operands == 0)); then
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$cur"))
        return
      fi
      ;;
    changes) options='--since --table --corrections -n --limit -f --follow' ;;
  esac
  if [[ $cur == -* ]]; then
    words="$options $everywhere"
  elif ((operands > 0)); then
    words=
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}

complete -F _nbasyncctl nbasyncctl
