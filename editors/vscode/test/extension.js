// editors/vscode/test/extension.js: the extension itself, on a stand-in for VS Code.
// SPDX-License-Identifier: Apache-2.0
"use strict";
const assert = require("assert");
const fs = require("fs");
const Module = require("module");
const path = require("path");

const folder = path.join(__dirname, "..");
const manifest = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));

/** Loads extension.js with `vscode` and the client replaced by what is given. */
function load(replacements) {
  const original = Module._load;
  Module._load = (name, ...rest) => replacements[name] || original(name, ...rest);
  try {
    delete require.cache[require.resolve("../extension")];
    return require("../extension");
  } finally {
    Module._load = original;
  }
}

function standIn(values) {
  const created = [];
  class LanguageClient {
    constructor(...given) { created.push(given); }
    async start() { this.isStarted = true; }
    async stop() { created.stopped = true; }
  }
  const settings = { get: (key) => values[key] };
  const vscode = { workspace: { getConfiguration: () => settings,
                                createFileSystemWatcher: () => ({}) } };
  return { created, replacements: {
    vscode, "vscode-languageclient/node": { LanguageClient, TransportKind: { stdio: 0 } } } };
}

exports["extension: starts the server for saved policies and stops it"] = async () => {
  const { created, replacements } = standIn({ server: "", target: "macos" });
  const extension = load(replacements);
  await extension.activate({ subscriptions: [] });
  const [, , server, client] = created[0];
  assert.deepStrictEqual([server.command, server.args], ["srt-lsp", ["--target=macos"]]);
  assert.deepStrictEqual(client.documentSelector, [{ scheme: "file", language: "srt" }]);
  await extension.deactivate();
  assert(created.stopped);
};

exports["extension: a folder cannot choose the program that is run"] = () => {
  assert.strictEqual(manifest.contributes.configuration.properties["srt.server"].scope, "machine");
};

exports["extension: every file that the manifest names is there"] = () => {
  const { languages, grammars } = manifest.contributes;
  for (const file of [manifest.main, languages[0].configuration, grammars[0].path])
    assert(fs.existsSync(path.join(folder, file)), file);
  const scope = JSON.parse(fs.readFileSync(path.join(folder, grammars[0].path), "utf8")).scopeName;
  assert.strictEqual(scope, grammars[0].scopeName);
};

exports["extension: the lock file holds no addresses, and every hash"] = () => {
  const lock = JSON.parse(fs.readFileSync(path.join(folder, "package-lock.json"), "utf8"));
  for (const [name, entry] of Object.entries(lock.packages)) {
    assert(!entry.resolved, name);
    assert(!name || entry.integrity, name);
  }
};

exports["extension: the real client package loads what the extension takes from it"] = () => {
  const anything = new Proxy(class {}, { get: (target, key) =>
    key in target ? target[key] : anything });
  const original = Module._load;
  Module._load = (name, ...rest) => (name === "vscode" ? anything : original(name, ...rest));
  try {
    const { LanguageClient, TransportKind } = require("vscode-languageclient/node");
    assert.strictEqual(typeof LanguageClient, "function");
    assert.strictEqual(TransportKind.stdio, 0);
  } finally {
    Module._load = original;
  }
};
