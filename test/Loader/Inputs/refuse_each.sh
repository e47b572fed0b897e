# test/Loader/Inputs/refuse_each.sh: gives each file to srt-load as a bundle.
# SPDX-License-Identifier: Apache-2.0
# usage: refuse_each.sh FOLDER FILE...; the command would make FOLDER/marker.
folder=$1
shift
for file in "$@"; do
  timeout 5 srt-load "$file" -- /bin/touch "$folder/marker" 2>&1
  echo "status $?"
done
