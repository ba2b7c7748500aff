# Prints what zsh offers for a command line that ends at the cursor, a word a line:
#   zsh -f zsh_offers.zsh FOLDER_OF_THE_COMPLETION CACHE_FILE 'nbasyncctl sync '
# An interactive zsh of its own, at a pseudo terminal, completes, and marks what it offers.
zmodload zsh/zpty || exit 3
zpty shell zsh -f -i
zpty -w shell "PROMPT= PS2=; unset zle_bracketed_paste; fpath=(${(q)1} \$fpath); cache=${(q)2} whole=${(q)3}"
zpty -w shell 'mark=of""fer: end=offers" "end; autoload -Uz compinit; compinit -C -d $cache'
# compadd offers, but only fills arrays with -O, -A or -D.
zpty -w shell '
setopt extendedglob
compadd() {
  if [[ " ${@[1,(i)(-|--)]} " == *\ -[a-zA-Z]#[OAD]\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a hits
  builtin compadd -A hits "$@"
  (( $#hits )) && print -rl -- $mark$^hits >&2
  builtin compadd "$@"
}
offer() {
  BUFFER=$whole CURSOR=$#whole
  zle complete-all
  print -r -- $end >&2
  BUFFER=
  zle accept-line
}
zle -C complete-all complete-word _main_complete
zle -N offer
bindkey "^X" offer'
zpty -w -n shell $'\C-X'
while zpty -r shell line $'*\n'; do
  line=${${line//$'\r'/}%$'\n'}
  case $line in
    (*'offers end') break ;;
    (*offer:*) print -r -- ${line##*offer:} ;;
  esac
done
zpty -d shell
