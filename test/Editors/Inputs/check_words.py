# test/Editors/Inputs/check_words.py: every word of the language is known to every editor.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: check_words.py ROOT. Prints each word that a grammar lacks; exits 1 if there is any.
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


WORDS = {
    "action": re.findall(r'^SRT_ACTION\(\w+, *"([\w.]+)"', read("lib/IR/Actions.def"), re.M),
    "limit": re.findall(r'^SRT_LIMIT\(\w+, *"([\w-]+)"', read("lib/IR/Limits.def"), re.M),
    "keyword": sorted(set(re.findall(r"'([a-z]{2,})'", read("grammar/Srt.g4")))),
    "type": re.findall(r'"(\w+)"', re.search(r"kTypeNames\[\] = \{(.*?)\}",
                                             read("lib/Parse/Scope.cpp"), re.S).group(1)),
}
GRAMMARS = {name: read(name) for name in
            ("editors/vscode/srt.tmLanguage.json", "editors/vim/syntax/srtpolicy.vim")}

missing = 0
for kind, words in WORDS.items():
    assert len(words) >= 7, kind
    for name, grammar in GRAMMARS.items():
        plain = grammar.replace("\\\\.", ".")
        # VS Code's takes any word behind the colon of a param for a type.
        if kind == "type" and name.endswith(".json"):
            continue
        for word in words:
            if not re.search(r"(?<![\w.-])" + re.escape(word) + r"(?![\w.-])", plain):
                print(f"{name}: {kind} {word} is missing")
                missing += 1
print(f"{sum(map(len, WORDS.values()))} words, {missing} missing")
sys.exit(1 if missing else 0)
