# test/Parse/Inputs/bounded.sh: checks STEM.srt within 1 GiB and 5 s of processor time.
# SPDX-License-Identifier: Apache-2.0
# Prints what srtc says, cut to short lines; a crash or a timeout is said too.
ulimit -v 1048576
ulimit -t 5
srtc check "$1.srt" > "$1.out" 2>&1
status=$?
test $status -le 1 || echo "died with status $status"
cut -c 1-400 "$1.out"
