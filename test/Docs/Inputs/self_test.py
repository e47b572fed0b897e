# test/Docs/Inputs/self_test.py: does a page that is wrong fail?
# SPDX-License-Identifier: Apache-2.0
#
# Usage: self_test.py ROOT BUILD FOLDER. Exits 1 if a wrong page passes, or a
# right one does not.
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
OK, WRONG, UNREADABLE = 0, 1, 2


def console(*lines):
    return "\n".join(["```console", *lines, "```"]) + "\n"


# (page, exit status, what run_page.py says)
PAGES = [
    (console("$ echo a", "a"), OK, "1 commands, 0 wrong"),
    (console("$ echo a", "b"), WRONG, "prints something else: echo a"),
    (console("$ echo a"), WRONG, "prints something else"),
    (console("$ true", "a"), WRONG, "prints something else"),
    (console("$ printf 'a\\nb\\n'", "a"), WRONG, "prints something else"),
    (console("$ printf 'a\\nb\\nc\\n'", "a", "...", "c"), OK, "0 wrong"),
    (console("$ printf 'a\\nb\\nc\\n'", "...", "b"), WRONG, "something else"),
    (console("$ printf 'a\\nb\\nb\\n'", "...", "b"), OK, "0 wrong"),
    (console("$ echo took 17 ms", "took ... ms"), OK, "0 wrong"),
    (console("$ echo took 17 s", "took ... ms"), WRONG, "something else"),
    (console("$ echo 'a.c'", "a*c"), WRONG, "something else"),
    (console("$ echo 'a     b'", "a  b"), OK, "0 wrong"),
    (console("$ echo ab", "a b"), WRONG, "something else"),
    (console("$ echo oops >&2", "oops"), OK, "0 wrong"),
    (console("$ false"), WRONG, "ends with status 1, not 0"),
    (console("$ false   # status 1"), OK, "0 wrong"),
    (console("$ true   # status 1"), WRONG, "ends with status 0, not 1"),
    (console("$ echo $HOME $PWD", "/home/user /home/user/project"), OK, "0 wrong"),
    (console("$ cd /", "$ pwd", "/"), OK, "2 commands, 0 wrong"),
    (console("$ cat <<END", "> $((1 + 1))", "> END", "2"), OK, "0 wrong"),
    ("```sh\ntrue\nfalse\ntrue\n```\n", WRONG, "ends with status 1"),
    ("```sh\necho whatever\n```\n", OK, "0 wrong"),
    ("`f`:\n\n<!-- file: f -->\n```text\nx\n```\n" + console("$ cat f", "x"), OK, "0 wrong"),
    ("<!-- before: false -->\n" + console("$ true"), WRONG, "`before` fails"),
    ("<!-- before: echo x > f -->\n" + console("$ cat f", "x"), OK, "0 wrong"),
    ("<!-- not run: a reason -->\n" + console("$ false") + console("$ true"), OK, "1 blocks not run"),
    ("<!-- not run: a reason -->\n\ntext\n\n" + console("$ false"), WRONG, "status 1"),
    ("<!-- not run: a reason -->\n" + console("$ true"), WRONG, "0 commands"),
    ("no commands\n", WRONG, "0 commands"),
    ("```console\n$ true\n", UNREADABLE, "a block without an end"),
    (console("a"), UNREADABLE, "output before any command"),
    (console("$ exit 0", "$ echo a", "a"), WRONG, "1 commands, 1 wrong"),
]

# (page of docs/, not-run.txt, what check_pages.py says; nothing: all is well)
TREES = [
    (console("$ true"), "", None),
    ("```\ntrue\n```\n", "", "say what is in this block"),
    ("```text\nsrtc check x\n```\n", "", "commands stand in"),
    ("<!-- not run: r -->\n" + console("$ true"), "docs/Page.md: r\n", None),
    ("<!-- not run: r -->\n" + console("$ true"), "", "not in not-run.txt: docs/Page.md: r"),
    (console("$ true"), "docs/Page.md: r\n", "no such block any more"),
    ("<!-- file: f -->\n```text\nx\n```\n", "", "does not name `f`"),
    ("<!-- before: false -->\n\ntext\n" + console("$ true"), "", "does not stand right above"),
    ("[x](Gone.md)\n" + console("$ true"), "", "Gone.md is not there"),
    ("# A b\n[x](#a-c)\n" + console("$ true"), "", "no such heading"),
    ("# A b\n[x](#a-b)\n" + console("$ true"), "", None),
]


def said(*command):
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def page_problems(root, build, folder):
    for number, (text, status, words) in enumerate(PAGES):
        name = folder / "page.md"
        name.write_text(text, encoding="utf-8")
        got, output = said(HERE / "run_page.py", root, build, folder / "scratch", name)
        if got != status or words not in output:
            yield f"page {number}: status {got}, not {status}, or not {words!r}: {output}"


def tree_problems(folder):
    tree = folder / "tree"
    for part in ("docs/cookbook", "test/Docs/Inputs"):
        (tree / part).mkdir(parents=True)
    (tree / "README.md").write_text("")
    (tree / "SECURITY.md").write_text("")
    (tree / "docs/README.md").write_text("[page](Page.md)\n")
    test = tree / "test/Docs/page.test"
    for number, (text, listed, words) in enumerate(TREES):
        test.write_text("// RUN: %root/docs/Page.md\n")
        (tree / "docs/Page.md").write_text(text, encoding="utf-8")
        (tree / "test/Docs/Inputs/not-run.txt").write_text(listed)
        got, output = said(HERE / "check_pages.py", tree)
        if got != bool(words) or (words or "0 problems") not in output:
            yield f"tree {number}: status {got}, or not {words!r}: {output}"
    (tree / "docs/README.md").write_text("")
    got, output = said(HERE / "check_pages.py", tree)
    if got != 1 or "does not lead to Page.md" not in output:
        yield f"a page that nothing leads to: {output}"
    test.write_text("// RUN: nothing\n")
    (tree / "docs/Page.md").write_text(console("$ true"))
    got, output = said(HERE / "check_pages.py", tree)
    if got != 1 or "no test in test/Docs runs this page" not in output:
        yield f"a page without a test: {output}"


def main():
    root, build, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True)
    found = [*page_problems(root, build, folder), *tree_problems(folder)]
    print("\n".join(found))
    print(f"{len(PAGES)} pages, {len(TREES) + 2} trees, {len(found)} problems")
    return 1 if found else 0


sys.exit(main())
