# test/Package/Inputs/complete.bash: what bash would offer, one a line.
# Usage: complete.bash FILE FUNCTION WORD...   the last word is the one to complete
. "$1"
function=$2
shift 2
complete -p "$1" >/dev/null || exit 2
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
"$function"
printf '%s\n' "${COMPREPLY[@]}" | sed '/^$/d'
