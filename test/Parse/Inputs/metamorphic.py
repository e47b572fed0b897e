# test/Parse/Inputs/metamorphic.py: one policy, written in many ways.
# SPDX-License-Identifier: Apache-2.0
#
# Each variant must have the same filters, byte for byte, the same IR, Landlock
# rules and bundle but for the order, the places and the numbers of rules and
# params, and be equal to the first for `srtc diff`. Usage: metamorphic.py FOLDER
import json
import pathlib
import random
import re
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True)

PARAMS = [("work", "path", "/srv/work"), ("cache", "path", "/var/cache/w"),
          ("web", "port", "{443,8443}"), ("room", "size", "4GiB"),
          ("family", "syscall", "socket(domain == AF_INET6)")]
RULES = [("allow", "read", ["/usr", "/lib64", "${work}"]),
         ("allow", "write", ["/srv/out", "${cache}"]),
         ("allow", "exec", ["/usr", "/lib64"]),
         ("allow", "connect", ["*:${web}"]),
         ("allow", "bind", ["*:3000-3003", "*:0"]),
         ("deny", "syscall", ["${family}"]),
         ("allow", "syscall", ["@default"]),
         ("allow", "read", ["/etc"])]
PASSED, LIMITS = ["PATH", "HOME"], [("memory", "${room}"), ("open-files", "4096")]


def quoted(text):
    return text if text.startswith("@") else f'"{text}"'


def statements(rules=RULES):
    for name, kind, value in PARAMS:
        yield f'param {name}: {kind} = "{value}";'.replace('"4GiB"', "4GiB")
    for effect, action, patterns in rules:
        yield f"{effect} {action} {', '.join(map(quoted, patterns))};"
    for name in PASSED:
        yield f'pass env "{name}";'
    yield 'set env "CI" = "1";'
    for name, value in LIMITS:
        yield f"limit {name} {value if value.isdigit() else quoted(value)};"


def srt(lines, head="policy m"):
    return head + " {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def tables():
    """JSON, which is YAML as well, and TOML."""
    policy = {
        "policy": "m",
        "params": {n: {"type": k, "value": v} for n, k, v in PARAMS},
        "rules": [{e: a, "patterns": p} for e, a, p in RULES],
        "env": {"pass": PASSED, "set": {"CI": "1"}}, "limits": dict(LIMITS)}
    text = json.dumps(policy, indent=1)
    yield "json", text
    yield "yaml", text
    lines = ['policy = "m"', "[params]"]
    lines += [f'{n} = {{ type = "{k}", value = "{v}" }}' for n, k, v in PARAMS]
    for effect, action, patterns in RULES:
        lines += ["[[rules]]", f'{effect} = "{action}"', f"patterns = {json.dumps(patterns)}"]
    lines += ["[env]", f"pass = {json.dumps(PASSED)}", 'set.CI = "1"', "[limits]"]
    lines += [f'{name} = "{value}"' for name, value in LIMITS]
    yield "toml", "\n".join(lines) + "\n"


def run(*words):
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{words}: {done.stdout}{done.stderr}")
    return done.stdout


def canonical(text):
    """Lines without what names a place or a rule by its number, sorted."""
    text = re.sub(r"(\bother-|%other-)", lambda m: m[0].replace("other-", ""), text)
    text = re.sub(r"  (size|digest|file) .*\n", "", text)
    text = re.sub(r' at ("[^"]*"|\S+):\d+:\d+', "", text)
    text = re.sub(r"\broot \d+", "root", re.sub(r"\bR\d+\b", "R", text))
    return sorted(text.split("\n"))


def forms(file):
    run("srtc", "compile", file, "-o", f"{file}.srtb")
    listed = [run("srtc", "compile", file, f"--emit={form}", "-o", "-")
              for form in ("bpf", "landlock")]
    # Roots below params stand in the order of the params.
    listed[1] = canonical(listed[1])
    return listed + [canonical(run("srt-dump", f"{file}.srtb")),
                     canonical(run("srtc", "compile", file, "--emit=ir", "-o", "-"))]


def write(name, text):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def variants():
    lines = list(statements())
    for seed in range(6):
        shuffled = random.Random(seed).sample(lines, len(lines))
        yield write(f"shuffled{seed}.srt", srt(shuffled))
    renamed = "\n".join(lines)
    for name, _, _ in PARAMS:
        renamed = renamed.replace(f"param {name}:", f"param other-{name}:")
        renamed = renamed.replace("${" + name + "}", "${other-" + name + "}")
    yield write("renamed.srt", srt(renamed.split("\n")))
    for parts in (2, 3):
        names = [f"p{parts}{i}" for i in range(parts)]
        for i, name in enumerate(names):
            write(f"{name}.srt", srt(lines[i::parts], f"policy {name}"))
        imports = "".join(f'import "{name}.srt";\n' for name in names)
        yield write(f"split{parts}.srt",
                    imports + srt([], f"policy m extends {', '.join(names)}"))
    for ending, text in tables():
        yield write(f"spelling.{ending}", text)
    yield write("formatted.srt", run("srtc", "fmt", folder / "shuffled0.srt"))


first = write("first.srt", srt(statements()))
expected = forms(first)
count = bad = 0
for variant in variants():
    count += 1
    found = forms(variant)
    bad += found != expected
    if found != expected:
        print(variant, "differs in form", [a == b for a, b in zip(found, expected)])
    if variant.name != "renamed.srt":  # params are compared by their names
        run("srtc", "diff", first, variant)
# A policy that does differ is found out.
other = write("other.srt", srt(statements(RULES[:-1])))
if forms(other) == expected:
    sys.exit("a policy without its last rule has the same forms")
print(f"{count} variants, {bad} differ")
sys.exit(1 if bad else 0)
