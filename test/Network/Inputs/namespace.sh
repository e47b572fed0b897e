#!/bin/sh
# test/Network/Inputs/namespace.sh: runs commands in a network of their own.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: namespace.sh FOLDER INPUTS COMMANDS. The commands are a shell script that
# is run where servers.py serves, /etc/resolv.conf and /etc/hosts are the test's own, and
# $D is the folder. 203.0.113.0/24 is a black hole.
D=$1 I=$2 commands=$3
[ "$4" = there ] || {
  rm -f "$D/ready" "$D/asked" "$D/seen"
  [ "$(id -u)" = 0 ] && flags=-nm || flags=-rnm
  exec unshare $flags --propagation private sh "$0" "$D" "$I" "$commands" there
}
export D I
ip link set lo up
for address in 192.0.2.7 192.0.2.8 192.0.2.9 192.0.2.53 198.51.100.66 10.1.2.3; do
  ip addr add $address/32 dev lo
done
ip -6 addr add 2001:db8::7/128 dev lo nodad
ip -6 addr add 2001:db8::66/128 dev lo nodad
# Packets for the hole leave by an interface at whose other end nobody answers.
ip link add hole type veth peer name nobody
ip addr add 203.0.113.254/24 dev hole
ip link set hole up
ip link set nobody up
ip neigh add 203.0.113.1 lladdr 02:00:00:00:00:01 dev hole nud permanent
echo "nameserver 192.0.2.53" > "$D/resolv.conf"
printf '127.0.0.1 localhost\n192.0.2.8 hosts.example.com hosts-other\n' > "$D/hosts"
mount --bind "$D/resolv.conf" /etc/resolv.conf
mount --bind "$D/hosts" /etc/hosts
touch "$D/asked" "$D/seen"
python3 "$I/servers.py" "$D" &
server=$!
trap "kill $server" EXIT
tries=0
while [ ! -e "$D/ready" ]; do
  tries=$((tries + 1))
  [ $tries -lt 200 ] && kill -0 $server 2> /dev/null || exit 90
  sleep 0.05
done
sh -c "$commands"
