# test/Broker/Inputs/own-environ.sh: reads the environment of process 1, which is the
# broker where this is its command. SPDX-License-Identifier: Apache-2.0
if cat /proc/1/environ > /dev/stdout | grep -q PATH; then
  echo "environ: read"
else
  echo "environ: refused"
fi
