// editors/vscode/test/client.js: srt-lsp as vscode-languageclient speaks to it.
// SPDX-License-Identifier: Apache-2.0
"use strict";
const assert = require("assert");
const { spawn } = require("child_process");
const { StreamMessageReader, StreamMessageWriter } = require("vscode-jsonrpc/node");
const lsp = require("vscode-languageserver-protocol/node");

const uri = "file:///nonexistent/p.srt";
const textDocument = { uri };

/** Runs `body(connection, next)` against a fresh server; `next()` waits for diagnostics. */
async function withServer(body) {
  const child = spawn("srt-lsp", ["--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((done) => child.on("exit", done));
  const connection = lsp.createProtocolConnection(
    new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const published = [], waiting = [];
  connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) =>
    waiting.length ? waiting.shift()(params) : published.push(params));
  const next = () => published.length ? Promise.resolve(published.shift())
                                      : new Promise((done) => waiting.push(done));
  connection.listen();
  const { capabilities } = await connection.sendRequest(lsp.InitializeRequest.type,
    { processId: process.pid, rootUri: null, capabilities: {}, workspaceFolders: null });
  await connection.sendNotification(lsp.InitializedNotification.type, {});
  await body(connection, next, capabilities);
  await connection.sendRequest(lsp.ShutdownRequest.type);
  await connection.sendNotification(lsp.ExitNotification.type);
  assert.strictEqual(await ended, 0, "exit status");
  connection.dispose();
}

function open(connection, text) {
  return connection.sendNotification(lsp.DidOpenTextDocumentNotification.type,
    { textDocument: { uri, languageId: "srt", version: 1, text } });
}

exports["client: what the server says it can"] = () =>
  withServer(async (connection, next, capabilities) => {
    assert.strictEqual(capabilities.textDocumentSync.change, lsp.TextDocumentSyncKind.Incremental);
    for (const each of ["hover", "completion", "definition", "rename", "documentFormatting",
                        "codeAction", "inlayHint"])
      assert(capabilities[each + "Provider"], each);
  });

exports["client: diagnostics while typing, and their fix"] = () =>
  withServer(async (connection, next) => {
    await open(connection, 'policy p {\n  allow raed.data "/srv/x";\n}\n');
    const [found] = (await next()).diagnostics;
    assert.strictEqual(found.code, "E2001");
    const actions = await connection.sendRequest(lsp.CodeActionRequest.type,
      { textDocument, range: found.range, context: { diagnostics: [found] } });
    const [edit] = actions[0].edit.changes[uri];
    assert.strictEqual(edit.newText, "read.data");
    await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type,
      { textDocument: { uri, version: 2 }, contentChanges: [{ range: edit.range, text: edit.newText }] });
    const mended = await next();
    assert.deepStrictEqual([mended.version, mended.diagnostics], [2, []]);
  });

exports["client: hover, completion, definition, rename, layout, hints"] = () =>
  withServer(async (connection) => {
    await open(connection, 'policy p {\nparam home: path = env("HOME");\n  allow read "${home}/x";\n}\n');
    const position = { line: 2, character: 17 };
    const hover = await connection.sendRequest(lsp.HoverRequest.type, { textDocument, position });
    assert.match(hover.contents.value, /landlock/);
    const list = await connection.sendRequest(lsp.CompletionRequest.type,
      { textDocument, position: { line: 2, character: 8 } });
    assert(list.items.some((item) => item.label === "read.data"));
    const place = await connection.sendRequest(lsp.DefinitionRequest.type, { textDocument, position });
    assert.deepStrictEqual(place.range.start, { line: 1, character: 6 });
    const edit = await connection.sendRequest(lsp.RenameRequest.type,
      { textDocument, position, newName: "house" });
    assert.strictEqual(edit.changes[uri].length, 2);
    const layout = await connection.sendRequest(lsp.DocumentFormattingRequest.type,
      { textDocument, options: { tabSize: 2, insertSpaces: true } });
    assert.strictEqual(layout[0].newText, '  param home: path = env("HOME");\n');
    const hints = await connection.sendRequest(lsp.InlayHintRequest.type,
      { textDocument, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } } });
    assert.strictEqual(hints[0].label, "landlock");
    await assert.rejects(connection.sendRequest("textDocument/unheardOf", {}),
      (error) => error.code === lsp.LSPErrorCodes.MethodNotFound || error.code === -32601);
  });
