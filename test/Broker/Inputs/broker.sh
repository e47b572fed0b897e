# test/Broker/Inputs/broker.sh: `. broker.sh TEST DIR HERE`, the words of these
# tests. SPDX-License-Identifier: Apache-2.0
#
# As test/Live/Inputs/live.sh, but the bundle is described in JSON on lines that
# begin with "# NAME| " and written by make_bundle.py: no compiler takes part. In
# it, DIR stands for $D and PASS for everything that is not the subject: the
# environment is passed on, and Landlock allows what the rules do not look at.
HERE=$3
. "$HERE/../Live/Inputs/live.sh" "$1" "$2"
D=$(cd "$D" && pwd -P)
# The summary is the subject of one test only.
export SRT_SUMMARY=off

# bundle NAME: writes $D/NAME.srtb.
bundle() {
  local pass='"env": [[1, "*"]], "handled_fs": "all|refer|truncate", "abi": 3, "roots": [{"path": "/", "rights": "all|refer|truncate"}]'
  local text
  text=$(sed -n "s,^# $1| *,,p" "$TEST" | sed "s@DIR@$D@g; s@PASS@$pass@g")
  python3 "$HERE/../Loader/Inputs/make_bundle.py" "$D/$1.srtb" "$text"
}

# program NAME: compiles Inputs/NAME.c to $D/NAME.
program() {
  cc -O1 -static -pthread -Wall -Wextra -Werror -o "$D/$1" "$HERE/Inputs/$1.c"
}

# status WANTED COMMAND...: fails unless the command exits with that status.
status() {
  local wanted=$1 found
  shift
  # A limit, since a broker that hangs must not hang the tests.
  timeout -k 1 20 "$@"
  found=$?
  [ "$found" -eq "$wanted" ] && return
  echo "exit status $found, expected $wanted: $*" >&2
  return 1
}

# gone COMMAND...: fails unless it fails, within some seconds.
gone() {
  local i
  for i in $(seq 50); do
    "$@" > /dev/null 2>&1 || return 0
    sleep 0.1
  done
  echo "still true: $*" >&2
  return 1
}

# no_brokers: fails if a process serves a bundle of this test.
no_brokers() {
  gone pgrep -f "^[^ ]*srt-load $D/"
}
