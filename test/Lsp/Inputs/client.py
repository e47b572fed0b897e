# test/Lsp/Inputs/client.py: plays a script of requests to srt-lsp, prints what comes back.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: client.py SCRIPT [ARGUMENT of srt-lsp...]
# A line of a script is one of
#   open NAME [FILE]   opens NAME in the folder of the script, with the text of
#                      FILE (or NAME) there; `^` in it marks the place of requests and
#                      is taken out, `[[` and `]]` mark a range
#   text NAME FILE     replaces the text of an open document by that of FILE
#   edit NAME L:C-L:C "TEXT"   an incremental change, places as in the protocol
#   diagnostics NAME   waits for the diagnostics of the text as it is now
#   hover|completion|definition|prepareRename NAME [L:C]   at `^`, or there
#   rename NAME NEWNAME, format NAME, fix NAME, hints NAME
#   save NAME, close NAME; wait NAME: one second
# Paths are printed relative to the script's folder, and std/ as <std>.
import json
import os
import re
import subprocess
import sys
import time

FOLDER = os.path.dirname(os.path.abspath(sys.argv[1]))


class Server:
    """srt-lsp as a child, one message at a time."""

    def __init__(self, arguments):
        self.child = subprocess.Popen(["srt-lsp", *arguments], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE)
        self.count = 0
        self.published = []

    def send(self, method, params, identity=None):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if identity is not None:
            message["id"] = identity
        body = json.dumps(message).encode()
        self.child.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.child.stdin.flush()

    def receive(self):
        length = 0
        while line := self.child.stdout.readline().strip():
            length = int(line.split(b":")[1])
        if not length:
            sys.exit("srt-lsp ended")
        return json.loads(self.child.stdout.read(length))

    def call(self, method, params):
        self.count += 1
        self.send(method, params, self.count)
        while True:
            message = self.receive()
            if message.get("id") == self.count:
                return message
            self.published.append(message["params"])

    def diagnostics(self, uri, version):
        """The diagnostics of that version; older ones are passed over."""
        while True:
            for published in self.published:
                if published["uri"] == uri and published.get("version") == version:
                    return published["diagnostics"]
            self.published.append(self.receive()["params"])


def place(text, offset):
    """The protocol's place of a character: UTF-16 units."""
    lines = text[:offset].split("\n")
    return {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2}


class Document:
    def __init__(self, name, text):
        self.uri = "file://" + os.path.join(FOLDER, name)
        self.version = 1
        self.cursor = self.range = None
        self.take(text)

    def take(self, text):
        begin = text.find("[[")
        if begin >= 0:
            text = text.replace("[[", "", 1)
            end = text.find("]]")
            text = text.replace("]]", "", 1)
            self.range = {"start": place(text, begin), "end": place(text, end)}
        mark = text.find("^")
        if mark >= 0:
            text = text.replace("^", "", 1)
            self.cursor = place(text, mark)
        self.text = text
        if self.range is None:
            self.range = {"start": place(text, 0), "end": place(text, len(text))}


def at(word):
    line, character = word.split(":")
    return {"line": int(line), "character": int(character)}


def spot(position):
    return f"{position['line']}:{position['character']}"


def span(found):
    return spot(found["start"]) + "-" + spot(found["end"])


def short(uri):
    return re.sub(r"^.*/std/", "<std>/", uri.replace("file://" + FOLDER + "/", ""))


def print_edits(edits):
    for edit in edits:
        print(f"  {span(edit['range'])} {json.dumps(edit['newText'], ensure_ascii=False)}")


def print_diagnostics(found):
    print(len(found), "diagnostics")
    for each in found:
        severity = ["", "error", "warning", "information", "hint"][each["severity"]]
        print(span(each["range"]), severity, each.get("code", "-"),
              each["message"].replace("\n", " | "))
        for note in each.get("relatedInformation", []):
            print("  see", short(note["location"]["uri"]), span(note["location"]["range"]),
                  note["message"])
        for fix in each.get("data", {}).get("fixes", []):
            print("  fix", span(fix["range"]), json.dumps(fix["newText"]))


def print_result(verb, result):
    if result is None:
        print(verb, "null")
    elif verb == "hover":
        print(result["contents"]["value"])
    elif verb == "completion":
        print(len(result["items"]), "items")
        for item in result["items"]:
            print(" ", item["label"], "->", span(item["textEdit"]["range"]),
                  json.dumps(item["textEdit"]["newText"]), "|", item.get("detail", ""))
    elif verb == "definition":
        print(short(result["uri"]), span(result["range"]))
    elif verb == "prepareRename":
        print(span(result))
    elif verb == "rename":
        for uri in sorted(result["changes"]):
            print(short(uri))
            print_edits(result["changes"][uri])
    elif verb == "format":
        print(len(result), "edits")
        print_edits(result)
    elif verb == "fix":
        print(len(result), "fixes")
        for each in result:
            print(each["title"], "preferred" if each["isPreferred"] else "")
            for edits in each["edit"]["changes"].values():
                print_edits(edits)
    elif verb == "hints":
        for hint in result:
            print(spot(hint["position"]), hint["label"])


METHODS = {"hover": "hover", "completion": "completion", "definition": "definition",
           "prepareRename": "prepareRename", "rename": "rename", "format": "formatting",
           "fix": "codeAction", "hints": "inlayHint"}


class Script:
    def __init__(self, arguments):
        self.server = Server(arguments)
        self.documents = {}

    def read(self, name):
        with open(os.path.join(FOLDER, name), encoding="utf-8", newline="") as file:
            return file.read()

    def open(self, name, file=None):
        document = self.documents[name] = Document(name, self.read(file or name))
        self.server.send("textDocument/didOpen", {"textDocument": {
            "uri": document.uri, "languageId": "srt", "version": 1, "text": document.text}})

    def change(self, document, event):
        document.version += 1
        self.server.send("textDocument/didChange", {
            "textDocument": {"uri": document.uri, "version": document.version},
            "contentChanges": [event]})

    def ask(self, verb, document, words):
        params = {"textDocument": {"uri": document.uri}}
        if verb == "rename":
            params["newName"] = words.pop()
        if verb in ("hover", "completion", "definition", "prepareRename", "rename"):
            params["position"] = at(words[0]) if words else document.cursor
        if verb in ("fix", "hints"):
            params["range"] = document.range
        if verb == "fix":
            params["context"] = {"diagnostics": []}
        if verb == "format":
            params["options"] = {"tabSize": 2, "insertSpaces": True}
        answer = self.server.call("textDocument/" + METHODS[verb], params)
        if "error" in answer:
            message = answer["error"]["message"].replace(FOLDER + "/", "")
            print(verb, "error", answer["error"]["code"], message)
        else:
            print_result(verb, answer["result"])

    def run(self, line):
        verb, name, *words = line.split(" ", 3 if line.startswith("edit") else -1)
        if verb == "open":
            return self.open(name, *words)
        document = self.documents[name]
        identity = {"textDocument": {"uri": document.uri}}
        if verb == "text":
            document.take(self.read(words[0]))
            self.change(document, {"text": document.text})
        elif verb == "edit":
            start, end = words[0].split("-")
            self.change(document, {"range": {"start": at(start), "end": at(end)},
                                   "text": json.loads(words[1])})
        elif verb == "diagnostics":
            print_diagnostics(self.server.diagnostics(document.uri, document.version))
        elif verb == "wait":
            time.sleep(1)
        elif verb in ("save", "close"):
            self.server.send("textDocument/did" + verb.capitalize(), identity)
        else:
            self.ask(verb, document, words)

    def play(self, lines):
        self.server.call("initialize", {"processId": None, "rootUri": None,
                                        "capabilities": {}})
        self.server.send("initialized", {})
        for line in lines:
            if line.strip() and not line.startswith("#"):
                print(">", line)
                self.run(line)
        self.server.call("shutdown", None)
        self.server.send("exit", None)
        print("exit", self.server.child.wait(timeout=10))


with open(sys.argv[1], encoding="utf-8") as script:
    Script(sys.argv[2:]).play(script.read().splitlines())
