# test/Parse/Inputs/hostile_tables.py: files made to exhaust whoever reads them.
# SPDX-License-Identifier: Apache-2.0
#
# Writes each into the folder given, checks it, and prints its name, the exit
# status and the first diagnostic. Usage: hostile_tables.py FOLDER
import pathlib
import resource
import subprocess
import sys

N = 200_000
FILES = {
    "brackets.json": b"[" * N,
    "braces.json": b'{"a":' * N,
    "brackets.yaml": b"[" * N,
    "braces.yaml": b"{a: " * N,
    "dashes.yaml": b"- " * N,
    "indent.yaml": b"".join(b" " * i + b"a:\n" for i in range(2000)),
    "questions.yaml": b"? " * N,
    "commas.yaml": b"[" + b"," * N + b"]",
    "commas-apart.yaml": b"{" + b", # x\n" * N + b"}",
    "documents.yaml": b"---\n" * N,
    "ends.yaml": b"policy: p\n" + b"...\n" * N,
    "quotes.yaml": b'"' * N,
    "stars.yaml": b"*" * N,
    "colons.yaml": b": " * N,
    "bomb.yaml": b"policy: p\nx0: &x0 [a, a]\n" + b"".join(
        b"x%d: &x%d [*x%d, *x%d]\n" % (i, i, i - 1, i - 1)
        for i in range(1, 40)),
    "brackets.toml": b"a=" + b"[" * N,
    "braces.toml": b"a=" + b"{a=" * N,
    "dots.toml": b".".join([b"a"] * N) + b" = 1\n",
    "header.toml": b"[" + b".".join([b"a"] * N) + b"]\n",
    "inline-dots.toml": b"x = {" + b".".join([b"a"] * N) + b" = 1}\n",
    "tables.toml": b"policy = 'p'\n" + b"[[x]]\n" * N,
    "many.json": b'{"policy":"p","x":[' + b"1," * 1_000_000 + b"1]}",
    "many.yaml": b"policy: p\nx: [" + b"1," * 1_000_000 + b"1]\n",
    "many.toml": b"policy = 'p'\nx = [" + b"1," * 1_000_000 + b"1]\n",
    "duplicate.json": b'{"a":{"b":[{"c":1,"d":2,"c":3}]}}',
    "nul.yaml": b"policy: a\0b\n",
    "latin.toml": b'policy = "\xe9"\n',
    "latin.json": b'{"policy": "\xe9"}\n',
    "mark.yaml": b"\xef\xbb\xbfpolicy: p\n",
    "mark.toml": b"\xef\xbb\xbfpolicy = 'p'\n",
    "mark.json": b'\xef\xbb\xbf{"policy": "p"}\n',
    "return.yaml": b"policy: p # x\rname: q\n",
}


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31))


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
        done = subprocess.run(["srtc", "check", name], cwd=folder,
                              capture_output=True, timeout=60,
                              preexec_fn=limit)
        first = done.stderr.decode("utf-8", "replace").split("\n")[0]
        print(f"{done.returncode} {first[:100]}")


main()
