#!/usr/bin/env python3
# test/Parse/Inputs/big.py: writes the inputs of big-inputs.test.
# SPDX-License-Identifier: Apache-2.0
import pathlib
import sys

HEAD = 'policy p { deny read.data "/'
LINE = 'policy p { allow read "/usr" '
INPUTS = {
    "open-braces": "policy p { " + "{" * 200000,
    "scopes": "policy p { " + 'scope a "x" {' * 200000 + "}" * 200000 + "}",
    "path-braces": HEAD + "{" * 200000 + '"; }',
    "nested-alternatives": HEAD + "{a," * 20000 + "}" * 20000 + '"; }',
    "alternatives": HEAD + "{" + ",".join(f"a{i}" for i in range(100000)) + '}"; }',
    "classes": HEAD + "[" * 200000 + '"; }',
    "long-name": "policy p { allow " + "a" * (1 << 20) + ' "/usr"; }',
    "semicolons": "policy p { " + ";" * (1 << 18) + " }",
    "strays": "policy p { " + "%" * (1 << 18) + " }",
    "quotes": '"' * (1 << 20),
    "comments": "/* " * (1 << 18),
    "names": "a " * (1 << 19),
    "one-line": LINE + " " * ((1 << 20) - len(LINE) - 10) + "}",
    "long-comment": 'policy p { allow read "/usr"; } //' + "x" * (1 << 20),
    "long-text": HEAD + "x" * (1 << 20) + '"; }',
    "components": HEAD[:-1] + "/a" * 200000 + '"; }',
}
for name, text in INPUTS.items():
    pathlib.Path(sys.argv[1], name + ".srt").write_text(text, encoding="ascii")
