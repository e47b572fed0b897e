// test/Report/Inputs/check-page.js: looks at a report as a person's browser does.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: node check-page.js PAGE.html
// Loads it at the width of a phone and at that of a desk, light and dark, and
// once with scripts off. Exit status: 0 nothing is wrong.
"use strict";
const path = require("path");
const { Chromium } = require("./chromium");
const { readPng } = require("./png");
const questions = require("./in-page");

const url = "file://" + path.resolve(process.argv[2]);
const problems = [];
let checks = 0;

/// Collects what a page must not do: complain, throw, or ask for anything.
function watch(browser) {
  browser.listeners.push(({ method, params }) => {
    if (method === "Runtime.exceptionThrown")
      problems.push("thrown: " + params.exceptionDetails.exception.description);
    if (method === "Runtime.consoleAPICalled") problems.push("console." + params.type);
    if (method === "Log.entryAdded") problems.push("log: " + params.entry.text);
    if (method === "Network.requestWillBeSent" && params.request.url.split("#")[0] !== url &&
        !params.request.url.startsWith("data:"))
      problems.push("request: " + params.request.url);
  });
}

async function ask(browser, name, view) {
  ++checks;
  const wrong = await browser.evaluate(`(${questions[name]})()`);
  problems.push(...wrong.map((each) => `${name} at ${view.width} ${view.scheme}: ${each}`));
}

/// Blank pages have one colour; pages without a style have black on white.
async function look(browser, { width, scheme }) {
  ++checks;
  const image = readPng(await browser.screenshot());
  const colours = new Set();
  for (let y = 0; y < image.height; y += 3)
    for (let x = 0; x < image.width; x += 2) colours.add(image.at(x, y).join());
  const ground = image.at(2, image.height - 3).reduce((a, b) => a + b) / 3;
  if (image.width !== width) problems.push(`the picture is ${image.width} wide`);
  if (colours.size < 40) problems.push(`at ${width} ${scheme} there are ${colours.size} colours`);
  if (scheme === "dark" ? ground > 60 : ground < 200)
    problems.push(`at ${width} the ground is ${ground} when it is ${scheme}`);
}

/// A link to a line of the source opens the fold that it lies in.
async function follow(browser) {
  ++checks;
  await browser.evaluate("document.querySelector('#rule-table a[href^=\"#F\"]').click()");
  const isOpen = await browser.evaluate(
      "new Promise((done) => setTimeout(() => done(document.querySelector('.source').open), 200))");
  if (!isOpen) problems.push("a link to a line leads into a closed fold");
}

async function main() {
  const browser = new Chromium();
  await browser.openTab();
  watch(browser);
  for (const width of [390, 1280])
    for (const scheme of ["light", "dark"]) {
      const view = { width, scheme };
      await browser.show(url, view);
      for (const name of ["overflow", "contrast"]) await ask(browser, name, view);
      await look(browser, view);
      if (scheme === "dark") continue;
      await ask(browser, "toggles", view);
      await ask(browser, "overflow", view); // with all unfolded
      await follow(browser);
    }
  const view = { width: 390, scheme: "light", scripts: false };
  await browser.show(url, view);
  await ask(browser, "withoutScripts", view);
  await browser.close();
}

main().catch((error) => problems.push(error.stack)).then(() => {
  console.log(problems.slice(0, 40).join("\n"));
  console.log(`${checks} checks, ${problems.length} problems`);
  process.exit(problems.length ? 1 : 0);
});
