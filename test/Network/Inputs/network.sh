# test/Network/Inputs/network.sh: `. network.sh TEST DIR INPUTS`, the words of the
# tests of the network. SPDX-License-Identifier: Apache-2.0
#
# Those of test/Live, and a network of its own (namespace.sh). A policy may say
# RUN for what every program needs to start.
. "$(dirname "$3")/../Live/Inputs/live.sh" "$1" "$2"
I=$3
export SRT_SUMMARY=off PYTHONDONTWRITEBYTECODE=1

# rules NAME [OPTION...]: compiles the policy of that name; RUN is put in.
rules() {
  local run='allow read "/**"; allow exec "/**"; allow write "DIR/**", "/dev/**"'
  sed "s#RUN#$run#g" "$TEST" > "$D/$1.test"
  local whole=$TEST
  TEST=$D/$1.test
  policy "$@"
  local result=$?
  TEST=$whole
  return $result
}

# network COMMANDS: runs them where the servers are. `under P COMMAND...` there is
# a command under a policy.
network() {
  local before='under() { local p=$1; shift; timeout 60 srt-load $D/$p.srtb -- "$@"; }; '
  timeout 120 sh "$I/namespace.sh" "$D" "$I" "$before$1; true"
}

# build NAME [OPTION...]: compiles Inputs/NAME.c to $D/NAME.
build() {
  local name=$1
  shift
  ${CC:-gcc} -O2 -pthread "$I/$name.c" -o "$D/$name" "$@"
}
