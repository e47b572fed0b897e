# test/Srt/Inputs/home.sh: a home and a project of their own for one test.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: . home.sh FOLDER. Leaves the shell in $D/p, a project with a file.
# `policy NAME` writes a policy that allows what programs need to start, and
# what standard input says, to the file NAME.
unset XDG_CACHE_HOME XDG_CONFIG_HOME XDG_STATE_HOME XDG_RUNTIME_DIR SRT_DENIALS SRT_PROJECT SRT_SHELL
D=$1
rm -rf "$D"
mkdir -p "$D/home" "$D/p"
export HOME="$D/home" SHELL=/bin/sh
cd "$D/p" || exit 1
echo text >file

policy() {
  mkdir -p "$(dirname "$1")"
  {
    echo "policy mine {"
    echo '  allow read "/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "./";'
    echo '  allow exec "/usr", "/bin", "/lib64";'
    echo '  pass env "PATH", "HOME";'
    cat
    echo "}"
  } >"$1"
}

# The programs of the build, in a folder where they can be taken away.
programs() {
  mkdir "$D/bin"
  cp "$(command -v srt)" "$(command -v srt-more)" "$(command -v srt-load)" \
    "$(command -v srt-broker)" "$(command -v srt-resolve)" "$D/bin"
  PATH=$D/bin:$PATH
}
