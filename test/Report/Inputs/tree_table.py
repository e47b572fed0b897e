# test/Report/Inputs/tree_table.py: the tree of a report as a verdict table.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: tree_table.py PAGE.html POLICY.srt > TABLE.verdict
# Each place and each action of it becomes a row that srt-sim holds against the
# policy: what a person sees is what is decided. Params are bound as in `test`
# blocks.
import html.parser
import re
import sys


class Tree(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows, self.places, self.depth, self.isTree = [], [], 0, False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.isTree = self.isTree or attrs.get("id") == "tree"
        if not self.isTree:
            return
        if attrs.get("class") == "names":
            self.places = []
        if "data-path" in attrs:
            self.places.append(attrs["data-path"])
        for leaf, effect in re.findall(r"([a-z.]+): (allow|ask|deny)(?= by|, no rule)", attrs.get("title", "")):
            self.rows += [(effect, leaf, place) for place in self.places]
        self.isTree = not ("data-tools" in attrs or attrs.get("id") == "programs")


def main():
    page, policy = sys.argv[1:]
    tree = Tree()
    tree.feed(open(page, encoding="utf-8").read())
    text = open(policy, encoding="utf-8").read()
    print(text + "---")
    for name, value in (("home", "/home/user"), ("project", "/home/user/project")):
        if f"param {name}" in text:
            print(f"bind {name} = {value}")
    for effect, leaf, place in tree.rows:
        print(f'{effect} {leaf} "{place}"')
    if len(tree.rows) < 100:
        sys.exit("there is hardly a tree")


main()
