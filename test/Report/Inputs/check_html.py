# test/Report/Inputs/check_html.py: is this page well-formed, whole and harmless?
# SPDX-License-Identifier: Apache-2.0
#
# Usage: check_html.py PAGE.html
# Every element is closed in order, ids are unique, links lead somewhere in the
# page, nothing comes from outside, nothing runs but the one script whose hash
# the page's own security policy names, headings skip no level, tables have heads.
import base64
import hashlib
import html.parser
import re
import sys

VOID = {"meta", "link", "input", "br", "hr", "img"}
ALLOWED = {"html", "head", "body", "title", "style", "script", "meta", "link", "header", "main",
           "nav", "section", "div", "span", "p", "a", "b", "small", "code", "pre", "ul", "ol",
           "li", "dl", "dt", "dd", "h1", "h2", "h3", "details", "summary", "table", "thead",
           "tbody", "tr", "th", "td"}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id",
              "title", "scope", "role", "tabindex", "open", "aria-label", "aria-labelledby",
              "aria-hidden", "data-path", "data-head", "data-tools"}


class Checker(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.stack, self.ids, self.links, self.problems = [], [], [], []
        self.count, self.level, self.texts = 0, 0, {"style": [], "script": []}
        self.security = ""

    def complain(self, what):
        self.problems.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attrs):
        self.count += 1
        if tag not in ALLOWED:
            self.complain(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.complain(f"attribute {name}")
            if name == "id":
                self.ids.append(value)
            if name == "href" and value.startswith("#"):
                self.links.append(value[1:])
            elif name == "href" and value != "data:,":
                self.complain(f"a link to {value}")
        if dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.security = dict(attrs)["content"]
        if re.fullmatch("h[1-6]", tag):
            if int(tag[1]) > self.level + 1:
                self.complain(f"<{tag}> below a heading of level {self.level}")
            self.level = int(tag[1])
        if tag == "thead" and self.stack[-1] != "table":
            self.complain("<thead> outside of a table")
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.complain(f"</{tag}> closes nothing")

    def handle_data(self, data):
        if self.stack and self.stack[-1] in self.texts:
            self.texts[self.stack[-1]].append(data)

    def finish(self):
        self.problems += [f"<{tag}> is never closed" for tag in self.stack]
        self.problems += [f"id {each} is there twice" for each in set(self.ids)
                          if self.ids.count(each) > 1]
        self.problems += [f"#{each} leads nowhere" for each in sorted(set(self.links) - set(self.ids))]
        for tag, texts in self.texts.items():
            if len(texts) != 1:
                self.problems.append(f"{len(texts)} of <{tag}>")
            digest = hashlib.sha256("".join(texts).encode()).digest()
            if f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" not in self.security:
                self.problems.append(f"the hash of <{tag}> is another one")
        if not self.security.startswith("default-src 'none'; "):
            self.problems.append("the page may fetch something")


def main():
    data = open(sys.argv[1], "rb").read()
    text = data.decode("utf-8")  # raises for what is no UTF-8
    checker = Checker()
    if not text.startswith("<!DOCTYPE html>\n"):
        checker.problems.append("no doctype")
    hidden = re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", text)
    checker.problems += [f"a hidden character {each!r}" for each in hidden]
    checker.feed(text)
    checker.close()
    checker.finish()
    print("\n".join(checker.problems[:40]))
    print(f"{checker.count} elements, {len(checker.problems)} problems")
    return 1 if checker.problems or checker.count < 100 else 0


sys.exit(main())
