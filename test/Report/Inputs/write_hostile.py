# test/Report/Inputs/write_hostile.py: policies that try to become markup.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: write_hostile.py FOLDER
import pathlib
import sys

FOLDER = pathlib.Path(sys.argv[1])
PATHS = [
    "/</code><script>alert(2)</script>",
    "/\\\"><svg onload=alert(3)>",
    "/a' onmouseover='alert(4)",
    "/<!--", "/-->", "/\\]\\]>", "/&lt;b&gt;", "/&#x3c;b>", "/</style><b>", "/</script><b>", "/<title>",
    "/javascript:alert(5)",
    "/caf\u00e9", "/\u200bhidden",
    "/" + "x" * 200, "/" + "/".join(["d"] * 900), "/**/<i>*", "/${project}/\\*<u>",
    "/R1", "/#main",
]
LINES = ["policy p {", "  param project: path = cwd;"]
LINES += [f'  allow read "{path}";' for path in PATHS if "${" not in path]
LINES += [
    '  allow exec "<code><script>alert(6)";',
    '  ask exec "sh -c <script>alert(7)</script>";',
    '  allow connect "unix:/<script>alert(8)</script>", "unix:@<b>x</b>";',
    '  set env "X" = "</code><script>alert(9)</script>";',
    '  pass env "TERM";',
    '  allow mach "com.<b>.x";',
    "  // <script>alert(10)</script> in a comment",
    "}",
]
(FOLDER / "<img src=x onerror=alert(1)>.srt").write_text("\n".join(LINES) + "\n", encoding="utf-8")
# A name that is no UTF-8, turns the direction of writing, and rings.
name = str(FOLDER / "named").encode() + b"\xff\xe2\x80\xae\x07<b>.srt"
open(name, "w", encoding="utf-8").write('policy p {\n  allow read "/a";\n}\n')
(FOLDER / "old.srt").write_text('policy p {\n  allow read "/<b>old</b>";\n}\n', encoding="utf-8")
