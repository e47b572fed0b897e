# test/Workloads/Inputs/workload.sh: `. workload.sh TEST DIR ROOT`, the words of
# these tests. SPDX-License-Identifier: Apache-2.0
#
# A workload is bash that stands in the test itself, on lines that begin with
# "# NAME| ". It runs twice, outside and inside, in a directory of the same name,
# so that even what it prints of paths must be the same. The policy is
# examples/guarded.srt with the lines that begin with "# MORE| " added; in them
# and in workloads DIR is $D. $D/w is the project, $D/scratch another place that
# may be written and where no hook is guarded, $D/home the home.
TEST=$1
D=$2
ROOT=$3
rm -rf "$D" && mkdir -p "$D/home/.cache/pip" "$D/home/.npm/_cacache" "$D/home/.npm/_logs" || exit 2
D=$(cd "$D" && pwd -P)
ulimit -Sc 0
umask 022
# Root has no capabilities inside (docs/Limits.md), so outside it has none either.
PLAIN=()
[ "$(id -u)" -ne 0 ] || PLAIN=(setpriv --bounding-set=-all --inh-caps=-all --)
export SRT_SUMMARY=off HOME=$D/home USER=tester TZ=UTC LC_ALL=C
unset TMPDIR CFLAGS MAKEFLAGS
cat > "$HOME/.gitconfig" <<< '[user]
name = A
email = a@example.com
[init]
defaultBranch = main
[gc]
auto = 0
[advice]
detachedHead = false
[protocol "file"]
allow = always'
{
  printf 'import "%s/examples/guarded.srt";\npolicy work extends guarded {\n' "$ROOT"
  printf 'allow read, write "%s/scratch";\n' "$D"
  printf 'set env "LC_ALL" = "C"; pass env "GIT_*", "CARGO_*", "RUST*";\n'
  sed -n 's,^# MORE| *,,p' "$TEST" | sed "s,DIR,$D,g"
  echo '}'
} > "$D/work.srt"
srtc compile "$D/work.srt" -o "$D/work.srtb" 2> "$D/work.log" ||
  { cat "$D/work.log" >&2; exit 2; }
for name in $(sed -n 's,^# \([a-z]*\)| .*,\1,p' "$TEST" | sort -u); do
  sed -n "s,^# $name| \{0\,1\},,p" "$TEST" | sed "s,DIR,$D,g" > "$D/$name.sh"
done

# once WHERE NAME COMMAND...: prepares (workload `prepare`, outside) and runs
# workload NAME with COMMAND in front; leaves trees, output, errors, status.
once() {
  local where=$1 name=$2
  shift 2
  rm -rf "$D/w" "$D/scratch" && mkdir "$D/w" "$D/scratch" || return
  (cd "$D/w" && { [ ! -e "$D/prepare.sh" ] ||
    bash -e "$D/prepare.sh" > "$D/prepare.log" 2>&1; }) ||
    { echo "cannot prepare" >&2; cat "$D/prepare.log" >&2; return 1; }
  mkdir -p "$D/$where"
  rm -rf "$D/$where/$name" && mkdir "$D/$where/$name" || return
  (cd "$D/w" && SRT_DENIALS="$D/$where/$name.denials" timeout -k 1 60 "$@" bash \
    < "$D/$name.sh" > "$D/$where/$name/out" 2> "$D/$where/$name/err"
    echo $? > "$D/$where/$name/status")
  mv "$D/w" "$D/scratch" "$D/$where/$name/"
}

# same NAME [PATTERN...]: fails unless workload NAME does inside what it does
# outside: status, output, errors, and the trees but for paths that match a
# pattern. LOOK=mtime compares times as well.
same() {
  local name=$1 where
  shift
  once outside "$name" "${PLAIN[@]}" && once inside "$name" srt-load "$D/work.srtb" -- || return
  for where in outside inside; do
    python3 "$ROOT/test/Workloads/Inputs/tree.py" "$D/$where/$name" "$@" \
      > "$D/$where/$name.tree" || return
  done
  diff -u "$D/outside/$name.tree" "$D/inside/$name.tree" >&2 && return
  diff "$D/outside/$name/out" "$D/inside/$name/out" | head -n 20 >&2
  diff "$D/outside/$name/err" "$D/inside/$name/err" | head -n 20 >&2
  tail -n 20 "$D/inside/$name.denials" >&2
  return 1
}

# works NAME [PATTERN...]: same, and it ended well.
works() {
  same "$@" && [ "$(cat "$D/inside/$1/status")" -eq 0 ] && return
  tail -n 20 "$D/inside/$1/err" >&2
  return 1
}
