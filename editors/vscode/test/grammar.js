// editors/vscode/test/grammar.js: the colours of words, by VS Code's own engine.
// SPDX-License-Identifier: Apache-2.0
"use strict";
const assert = require("assert");
const fs = require("fs");
const path = require("path");
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const grammarFile = path.join(__dirname, "..", "srt.tmLanguage.json");

let loaded;
async function grammar() {
  if (loaded) return loaded;
  const wasm = require.resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(fs.readFileSync(wasm).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () =>
      textmate.parseRawGrammar(fs.readFileSync(grammarFile, "utf8"), grammarFile),
  });
  return (loaded = await registry.loadGrammar("source.srt"));
}

/** The innermost scope of each word of a text, by line: [[word, scope], ...]. */
async function scopes(text) {
  const found = [];
  let stack = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const result = (await grammar()).tokenizeLine(line, stack);
    stack = result.ruleStack;
    for (const token of result.tokens) {
      const word = line.slice(token.startIndex, token.endIndex);
      if (word.trim()) found.push([word.trim(), token.scopes[token.scopes.length - 1]]);
    }
  }
  return found;
}

async function expectScope(text, word, scope) {
  const found = (await scopes(text)).find(([each]) => each === word);
  assert(found, `no token ${word} in ${text}`);
  assert.strictEqual(found[1], scope + ".srt", word);
}

exports["grammar: statements"] = async () => {
  await expectScope("  allow read.data \"/usr\";", "allow", "keyword.control");
  await expectScope("  allow read.data \"/usr\";", "read.data", "support.function.action");
  await expectScope("  sealed deny write \"/usr\";", "deny", "keyword.control.deny");
  await expectScope("policy p extends base {", "p", "entity.name.type");
  await expectScope("policy p extends base {", "extends", "keyword.control.import");
  await expectScope("  param home: path = env(\"HOME\");", "home", "variable.parameter");
  await expectScope("  param home: path = env(\"HOME\");", "path", "support.type");
  await expectScope("  allow syscall @default;", "@default", "constant.other.group");
  await expectScope("  limit memory 4GiB;", "4GiB", "constant.numeric");
};

exports["grammar: words that only look like keywords"] = async () => {
  // A name that holds a keyword is no keyword: `allow` in `allow-list`.
  const found = await scopes("policy allow-list extends deny.more {");
  assert(!found.some(([, scope]) => scope.startsWith("keyword.control.deny")), found);
  assert(!found.some(([, scope]) => scope === "keyword.control.srt"), found);
};

exports["grammar: texts"] = async () => {
  await expectScope("allow read \"${home}/x\";", "${home}", "variable.parameter");
  await expectScope("allow read \"\\${home}\";", "\\$", "constant.character.escape");
  await expectScope("allow read \"~/x\";", "~", "variable.parameter");
  await expectScope("allow read \"/a/**\";", "**", "keyword.operator.wildcard");
  // A text ends with its line, so that one that is being written does not
  // colour the rest of the file.
  await expectScope("allow read \"/us\ndeny read \"/x\";", "deny", "keyword.control.deny");
  // No keywords and no comments in texts.
  const found = await scopes("connect \"https://allow deny\";");
  assert(!found.some(([, scope]) => scope.startsWith("comment")), found);
  assert(!found.some(([, scope]) => scope.startsWith("keyword.control")), found);
};

exports["grammar: comments"] = async () => {
  await expectScope("// allow", "// allow", "comment.line.double-slash");
  const inside = (await scopes("/* allow\n deny */ ask")).slice(0, -1);
  assert(inside.every(([, scope]) => scope.startsWith("comment.block")), inside);
  await expectScope("/* allow\n deny */ ask", "ask", "keyword.control");
};
