# test/Project/Inputs/check_layers.py: who may include whom.
# SPDX-License-Identifier: Apache-2.0
#
# The one place where the layers are written down besides CMake. Prints each
# #include line that breaks a rule; exits 1 if there is any.
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])

ALLOWED = {
    "lib/Support": set(),
    # About bytes; it knows no policy.
    "lib/Automata": {"lib/Support"},
    "lib/Diag": {"lib/Support"},
    "lib/Kernel": {"lib/Support"},
    "lib/IR": {"lib/Support", "lib/Diag", "lib/Kernel"},
    "lib/Parse": {"lib/Support", "lib/Diag", "lib/Kernel", "lib/IR"},
    "lib/Analysis": {"lib/Support", "lib/Automata", "lib/Diag", "lib/Kernel",
                     "lib/IR"},
    "lib/Transforms": {"lib/Support", "lib/Diag", "lib/Kernel", "lib/IR",
                       "lib/Analysis"},
    "lib/Backend": {"lib/Support", "lib/Diag", "lib/Kernel", "lib/IR",
                    "lib/Analysis", "runtime/bundle"},
    # The second opinion shares nothing with what it judges.
    "lib/Sim": {"lib/Support", "lib/Diag", "lib/Kernel", "lib/IR",
                "runtime/bundle"},
    # Judges what Transforms and Backend made, and must not be made of them.
    "lib/Verify": {"lib/Support", "lib/Automata", "lib/Kernel", "lib/IR",
                   "lib/Analysis", "lib/Sim", "runtime/bundle"},
    "lib/Driver": {"lib/Support", "lib/Diag", "lib/Kernel", "lib/IR",
                   "lib/Parse", "lib/Analysis", "lib/Transforms",
                   "lib/Backend", "lib/Sim", "lib/Verify", "runtime/bundle"},
    "lib/Report": {"lib/Support", "lib/Diag", "lib/Kernel", "lib/IR",
                   "lib/Analysis", "lib/Transforms", "lib/Backend", "lib/Sim", "lib/Driver"},
    "lib/Lsp": {"lib/Support", "lib/Diag", "lib/Kernel", "lib/IR", "lib/Parse",
                "lib/Transforms", "lib/Sim", "lib/Driver"},
    "runtime/bundle": set(),
    "runtime/network": set(),
    # One program; each knows a few lines of the other.
    "runtime/loader": {"runtime/bundle", "runtime/broker"},
    "runtime/broker": {"runtime/bundle", "runtime/loader", "runtime/network"},
}

# Headers of libraries, and the only files that may see them.
QUARANTINE = {
    r"antlr4-runtime|SrtLexer|SrtParser": r"lib/Parse/",
    r"seccomp\.h": r"lib/Backend/Seccomp",
    r"CLI/": r"tools/|test/Tools/",
    r"llvm/Support/LSP/": r"lib/Lsp/",
    r"linux/|sys/syscall|asm/": r"runtime/|test/Tools/",
}


def layer(path):
    parts = path.as_posix().split("/")
    return "/".join(parts[:2])


def problems(path):
    own = layer(path)
    for number, line in enumerate(path_text(path).splitlines(), 1):
        found = re.match(r'\s*#include\s+["<]([^">]+)[">]', line)
        if not found:
            continue
        target = found.group(1)
        for header, home in QUARANTINE.items():
            if re.match(header, target) and not re.match(home, path.as_posix()):
                yield f"{path}:{number}: only {home} may include <{target}>"
        wanted = layer(pathlib.PurePosixPath(target))
        if own in ALLOWED and wanted in ALLOWED and wanted != own and \
                wanted not in ALLOWED[own]:
            yield f"{path}:{number}: {own} must not include {target}"
        if path.as_posix() == "runtime/bundle/bundle.h" and target != "stdint.h":
            yield f"{path}:{number}: bundle.h includes integers only"


def path_text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def main():
    found = []
    checked = 0
    for folder in ("lib", "runtime", "tools", "test/Tools"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cpp", ".def"):
                checked += 1
                found += problems(path.relative_to(ROOT))
    print("\n".join(found))
    print(f"{checked} files, {len(found)} problems")
    return 1 if found or checked < 100 else 0


sys.exit(main())
