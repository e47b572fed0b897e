// editors/vscode/test/run.js: runs every test of the extension; no editor is needed.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: node test/run.js [FOLDER with node_modules]
// srt-lsp is the one on PATH. Exit status: 0 all passed.
"use strict";
const path = require("path");
const Module = require("module");

// The packages may be installed elsewhere than beside the sources.
const packages = path.resolve(process.argv[2] || path.join(__dirname, ".."), "node_modules");
process.env.NODE_PATH = packages;
Module._initPaths();

const tests = { ...require("./grammar"), ...require("./client"), ...require("./extension") };

(async () => {
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      console.log(`ok ${name}`);
    } catch (error) {
      ++failed;
      console.log(`FAILED ${name}\n${error.stack}`);
    }
  }
  console.log(`${Object.keys(tests).length} tests, ${failed} failed`);
  process.exit(failed ? 1 : 0);
})();
