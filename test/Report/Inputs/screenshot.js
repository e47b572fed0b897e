// test/Report/Inputs/screenshot.js: writes what a page looks like.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: node screenshot.js PAGE.html OUT.png WIDTH HEIGHT light|dark [FROM_ID]
// HEIGHT 0 is the whole page; FROM_ID begins at an element.
"use strict";
const fs = require("fs");
const path = require("path");
const { Chromium } = require("./chromium");

const [page, out, width, height, scheme, from] = process.argv.slice(2);

(async () => {
  const browser = new Chromium();
  await browser.openTab();
  await browser.show("file://" + path.resolve(page),
                     { width: Number(width), height: Number(height) || 900, scheme });
  const whole = await browser.evaluate("document.documentElement.scrollHeight");
  if (from) {
    await browser.evaluate(`document.getElementById(${JSON.stringify(from)}).scrollIntoView()`);
    fs.writeFileSync(out, await browser.screenshot());
  } else fs.writeFileSync(out, await browser.screenshot(Number(height) || whole));
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
