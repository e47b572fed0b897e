// editors/vscode/extension.js: starts srt-lsp for the policies that are open.
// SPDX-License-Identifier: Apache-2.0
//
// Plain JavaScript: what is here is what runs, and nothing has to be built.
"use strict";
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

/** How the server is started: what the settings say, and nothing of the folder. */
function serverOptions(settings) {
  const target = settings.get("target");
  return {
    command: settings.get("server") || "srt-lsp",
    args: target ? [`--target=${target}`] : [],
    transport: TransportKind.stdio,
  };
}

exports.activate = async function activate(context) {
  const settings = vscode.workspace.getConfiguration("srt");
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.srt");
  context.subscriptions.push(watcher);
  client = new LanguageClient("srt", "srt-lsp", serverOptions(settings), {
    documentSelector: [{ scheme: "file", language: "srt" }],
    synchronize: { fileEvents: watcher },
  });
  await client.start();
};

exports.deactivate = function deactivate() {
  return client && client.stop();
};

exports.serverOptions = serverOptions;
