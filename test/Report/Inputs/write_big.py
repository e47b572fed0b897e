# test/Report/Inputs/write_big.py: a policy with many rules of all kinds.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: write_big.py RULES > POLICY.srt
import sys

print("policy big {")
for i in range(int(sys.argv[1])):
    print("  " + (
        f'allow read "/srv/t{i % 97}/u{i % 89}/f{i}", "/opt/x{i}/y";',
        f'allow write "/srv/t{i % 97}/w{i}";',
        f'deny read.data "/var/t{i % 13}/s{i}";',
        f'allow exec "tool-{i}";',
        f'allow connect "10.{i // 250}.{i % 250}.1:443";',
    )[i % 5])
print("}")
