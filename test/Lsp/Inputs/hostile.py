# test/Lsp/Inputs/hostile.py: what no editor sends, and srt-lsp must survive.
# SPDX-License-Identifier: Apache-2.0
#
# Each case is bytes for standard input. After it an ordinary request must still be
# answered, and the server must end by itself. Prints the error codes of each case, in order.
import json
import subprocess


def framed(body, length=None):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body) if length is None else length, body)


def request(method, params=None, identity=7):
    return framed({"jsonrpc": "2.0", "id": identity, "method": method, "params": params})


def notice(method, params):
    return framed({"jsonrpc": "2.0", "method": method, "params": params})


URI = "file:///nonexistent/p.srt"


def opened(text, uri=URI):
    return notice("textDocument/didOpen", {"textDocument": {
        "uri": uri, "languageId": "srt", "version": 1, "text": text}})


def at(method, line, character, **more):
    return request("textDocument/" + method, {
        "textDocument": {"uri": URI}, "position": {"line": line, "character": character}, **more})


def changed(start, end, text):
    return notice("textDocument/didChange", {
        "textDocument": {"uri": URI, "version": 2}, "contentChanges": [
            {"range": {"start": {"line": start[0], "character": start[1]},
                       "end": {"line": end[0], "character": end[1]}}, "text": text}]})


INITIALIZE = request("initialize", {}, "first")
LAST = request("textDocument/hover", {"textDocument": {"uri": "file:///not/open"},
                                      "position": {"line": 0, "character": 0}}, "last")
END = request("shutdown", None, "end") + notice("exit", None)

BRACES = "policy p " + "{" * 200000 + "}" * 200000
EVERYWHERE = b"".join(at(method, 0, 3) for method in (
    "hover", "completion", "definition", "prepareRename"))

CASES = {
    "unknown method": request("textDocument/unheardOf"),
    "unknown notification": notice("$/unheardOf", {}),
    "not JSON": framed(b"{"),
    "not UTF-8": framed(b'{"jsonrpc":"2.0","id":1,"method":"\xff"}'),
    "not an object": framed([1, 2, 3]),
    "no version": framed({"id": 5, "method": "shutdown"}),
    "no method": framed({"jsonrpc": "2.0"}),
    "method is a number": framed({"jsonrpc": "2.0", "id": 5, "method": 5}),
    "id is an object": framed({"jsonrpc": "2.0", "id": {}, "method": "shutdown"}),
    "id without end": framed(b'{"jsonrpc":"2.0","id":1e999,"method":"shutdown"}'),
    "answer to nothing": framed({"jsonrpc": "2.0", "id": 99, "result": None}),
    "error to nothing": framed({"jsonrpc": "2.0", "id": 99, "error": {"code": 1, "message": "x"}}),
    "nested message": framed(b"[" * 200000 + b"]" * 200000),
    "many values": framed(b'{"a":[' + b"0," * 1200000 + b"0]}"),
    "length too small": framed({"jsonrpc": "2.0", "id": 5, "method": "x"}, 9),
    "length too large": framed(b'{"jsonrpc":"2.0"}', 60) + request("swallowed"),
    "length not a number": b"Content-Length: -5\r\n\r\n",
    "length of 2^64": b"Content-Length: 18446744073709551616\r\n\r\n",
    "length of nothing": b"Content-Length: 0\r\n\r\n",
    "no length": b"X-Other: 1\r\n\r\n",
    "long header": b"X: " + b"x" * 5000000 + b"\r\n" + request("textDocument/unheardOf"),
    "other header": b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n"
                    + request("textDocument/unheardOf"),
    "too large": framed(b'"' + b"x" * (33 << 20) + b'"'),
    "wrong params": request("textDocument/hover", {"textDocument": 5}),
    "huge numbers": at("hover", 1e300, 2),
    "initialize again": request("initialize", {}),
    "hostile scheme": opened("policy p {", "http://example.com/p.srt"),
    "change what is not open": changed((0, 0), (0, 1), "x"),
    "close what is not open": notice("textDocument/didClose", {"textDocument": {"uri": URI}}),
    "braces": opened(BRACES) + at("hover", 0, 3) + at("completion", 0, 3),
    "params that never close": opened('policy p { allow read "' + "${" * 200000) + EVERYWHERE,
    "half a surrogate pair": opened("policy p { // \U0001d54f\U0001d54f\n}")
                             + at("hover", 0, 15) + changed((0, 15), (0, 17), "\U0001d54f")
                             + at("completion", 0, 17),
    "lone surrogate": framed(b'{"jsonrpc":"2.0","method":"textDocument/didOpen","params":'
                             b'{"textDocument":{"uri":"' + URI.encode() + b'","languageId":"srt",'
                             b'"version":1,"text":"\\ud835 { \\u0000"}}}') + EVERYWHERE,
    "places beyond": opened("policy p {\r\n}\r") + at("hover", 2147483647, 2147483647)
                     + at("completion", -1, -1) + changed((9, 9), (3, 3), "x")
                     + changed((1, 1), (0, 0), "y") + at("hover", 1, 0),
    "import of a device": opened('import "/dev/zero"; policy p extends q { allow read "/x"; }')
                          + at("definition", 0, 10) + EVERYWHERE,
    "import of itself": opened('import "p.srt"; policy p extends p { allow read "/x"; }') + EVERYWHERE,
    "rename to nothing": opened('policy p { param a: path = cwd; }') + at("rename", 0, 17, newName=""),
    "rename to code": opened('policy p { param a: path = cwd; }')
                      + at("rename", 0, 17, newName='b: path = cwd; allow write "/"; param c'),
    "many documents": b"".join(opened("policy p {", f"file:///x/{n}.srt") for n in range(300)),
}


def messages(out):
    while out:
        header, _, out = out.partition(b"\r\n\r\n")
        length = int(header.split(b":")[1])
        yield json.loads(out[:length])
        out = out[length:]


def run(name, case):
    # What follows a message of a wrong length starts on a line of its own, as
    # the next message of an editor need not; then one message is lost.
    done = subprocess.run(["srt-lsp"], input=INITIALIZE + case + b"\n" + LAST + END,
                          capture_output=True, timeout=60)
    found = list(messages(done.stdout))
    codes = [m["error"]["code"] for m in found if "error" in m and m["id"] != "last"]
    ids = [m.get("id") for m in found]
    is_fine = ids[0] == "first" and "last" in ids and ids[-1] == "end" and done.returncode == 0
    print(f"{name}: {codes}" + ("" if is_fine else f" DIED, status {done.returncode}, {ids[-5:]}"))
    return is_fine


results = [run(*case) for case in CASES.items()]
before = list(messages(subprocess.run(["srt-lsp"], input=LAST, capture_output=True).stdout))
print("before initialize:", [m["error"]["code"] for m in before])
cut = subprocess.run(["srt-lsp"], input=INITIALIZE + LAST[:-5], capture_output=True, timeout=60)
print("cut: status", cut.returncode, "messages", len(list(messages(cut.stdout))))
print(len(results), "cases,", results.count(False), "died")
