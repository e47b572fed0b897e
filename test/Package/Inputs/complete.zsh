# test/Package/Inputs/complete.zsh: types into a zsh of its own, presses tab, and waits.
# Usage: complete.zsh FOLDER TYPED EXPECTED   exit status 0 if TYPED became EXPECTED
zmodload zsh/zpty
zpty inner 'TERM=dumb PS1="> " zsh -f -i'
zpty -w inner "fpath=($1 \$fpath); autoload -Uz compinit; compinit -D -u; unsetopt zle_bracketed_paste 2>/dev/null; LISTMAX=0; stty -echo 2>/dev/null; echo rea''dy"
seen=
for i in {1..100}; do
  zpty -r -t inner part && seen+=$part || sleep 0.05
  [[ $seen == *ready* ]] && break
done
zpty -w -n inner "$2"$'\t'
seen=
for i in {1..60}; do
  zpty -r -t inner part && seen+=$part || sleep 0.05
  [[ ${seen//$'\e'\[[0-9;?]#[A-Za-z]/} == *"$3"* ]] && break
done
zpty -d inner
if [[ ${seen//$'\e'\[[0-9;?]#[A-Za-z]/} == *"$3"* ]]; then
  print completed
else
  print -r -- "not completed: ${(V)seen}"
  exit 1
fi
