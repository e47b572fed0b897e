# test/Parse/Inputs/many_statements.py: policies of many statements of one kind.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: many_statements.py FOLDER COUNT
import os
import sys

folder, count = sys.argv[1], int(sys.argv[2])
os.makedirs(folder, exist_ok=True)


def each(line):
    return "".join(line.replace("@", str(i)) for i in range(count))


def listed(item):
    return ", ".join(item.replace("@", str(i)) for i in range(count))


KINDS = {
    "read": each('  allow read "/srv/part@/item@/**";\n'),
    "write": each('  allow write "/srv/s@";\n'),
    "exec": each('  allow exec "prog@";\n'),
    "deny-command": each('  deny exec "git push origin@ **";\n'),
    "connect": each('  allow connect "h@.example.com:443";\n'),
    "unix": each('  allow connect "unix:/run/s@";\n'),
    "syscall": each('  deny syscall "socket(domain == @)";\n'),
    "mach": each('  on macos { allow mach "com.example.s@"; }\n'),
    "param": each('  param a@: path = "/srv/a@";\n  allow read "${a@}/x";\n'),
    "host-param": each('  param h@: host = "h@.example.com";\n'
                       '  allow connect "${h@}:443";\n'),
    "sealed": each('  sealed deny read.data "/srv/s@";\n'),
    "sealed-param": each('  param a@: path = "/srv/a@";\n'
                         '  sealed deny read.data "${a@}";\n'),
    "scope-tool": each('  scope tool "t@" { deny read.data "/t@"; }\n'),
    "scope-dir": each('  scope dir "/srv/d@/**" { deny read.data "/t@"; }\n'),
    "pass": each('  pass env "V@";\n'),
    "set": each('  set env "V@" = "x";\n'),
    "unset": each('  unset env "V@";\n'),
    "test": '  allow read "/srv";\n' +
            each('  test "t@" { allow read "/srv/@"; }\n'),
    "patterns": '  allow read ' + listed('"/srv/p@"') + ";\n",
    "excepts": '  deny read.data "/srv" except ' + listed('"/srv/e@"') + ";\n",
    # Mistakes are many, too.
    "wrong-param": each('  allow read "${nope@}/x";\n  param a@: path = "/a@";\n'),
    "wrong-syscall": each('  deny syscall "sokcet@";\n'),
    "wrong-duplicate": each('  param a: path = "/srv/a@";\n'),
}

for kind, body in KINDS.items():
    with open(f"{folder}/{kind}.srt", "w", encoding="ascii") as file:
        file.write("policy p {\n" + body + "}\n")

# A child that declares again what its parent has, all of it sealed or not.
with open(f"{folder}/parent.srt", "w", encoding="ascii") as file:
    file.write("policy parent {\n" + KINDS["sealed-param"] + "}\n")
with open(f"{folder}/child.srt", "w", encoding="ascii") as file:
    file.write('import "parent.srt";\npolicy p extends parent {\n' +
               each('  param a@: path = "/srv/a@";\n') + "}\n")

# Every byte of a text needs an escape in the language that YAML does not want.
with open(f"{folder}/quotes.yaml", "w", encoding="ascii") as file:
    file.write("policy: p\nenv: {set: {A: '" + '"' * (400 * count) + "'}}\n")
