# test/Live/Inputs/live.sh: `. live.sh TEST DIR`, the words of the live tests.
# SPDX-License-Identifier: Apache-2.0
#
# Makes DIR anew and calls it $D. A policy stands in the test itself, on lines
# that begin with "# NAME| "; in it, DIR stands for $D, and PROBE for the rules
# that let srt-probe run. A result is what srt-probe prints: ok, or the name of
# an error.
TEST=$1
D=$2
rm -rf "$D" && mkdir -p "$D" || exit 2
# A program that dies by a signal says nothing; a shell should not either.
ulimit -Sc 0
# Nor should a broker say at the end what a test is about to say itself.
export SRT_SUMMARY=off

# policy NAME [OPTION...]: compiles the policy to $D/NAME.srtb.
policy() {
  local name=$1
  shift
  local probe="allow exec \"srt-probe\"; allow read.data \"$(command -v srt-probe)\""
  sed -n "s,^# $name| *,,p" "$TEST" |
    sed "s,DIR,$D,g; s,PROBE_PATH,${probe/\"srt-probe\"/\"$(command -v srt-probe)\"},g; s,PROBE,$probe,g" > "$D/$name.srt"
  srtc compile "$D/$name.srt" -o "$D/$name.srtb" "$@" 2> "$D/$name.log" ||
    { cat "$D/$name.log" >&2; return 1; }
}

# expect WANTED COMMAND...: fails unless the last line of output is WANTED.
expect() {
  local wanted=$1 found
  shift
  found=$("$@" 2>&1 | tail -n 1)
  [ "$found" = "$wanted" ] && return
  echo "found $found, expected $wanted: $*" >&2
  return 1
}

# inside NAME WANTED OP...: one operation of srt-probe in the sandbox.
inside() {
  local name=$1 wanted=$2
  shift 2
  expect "$wanted" srt-load "$D/$name.srtb" -- srt-probe "$@"
}

# outside WANTED OP...: the same without it.
outside() {
  local wanted=$1
  shift
  expect "$wanted" srt-probe "$@"
}

# killed NAME OP...: the sandbox ends the program with SIGSYS.
killed() {
  local name=$1 status
  shift
  { srt-load "$D/$name.srtb" -- "$@"; } > /dev/null 2>&1
  status=$?
  [ $status -eq 159 ] && return # 128 + SIGSYS
  echo "exit status $status, expected death by SIGSYS: $*" >&2
  return 1
}

# Starts a process outside, $OTHER, that ends with the test.
other() {
  sleep 20 &
  OTHER=$!
  trap 'kill $OTHER 2> /dev/null' EXIT
}
