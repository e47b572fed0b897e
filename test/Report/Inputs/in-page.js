// test/Report/Inputs/in-page.js: what is asked of a page from inside of it.
// SPDX-License-Identifier: Apache-2.0
//
// Each function is sent to the browser as text and answers with a list of what
// is wrong, or with a number.
"use strict";

/// Nothing reaches beyond the window, except in boxes that scroll by themselves.
function overflow() {
  const wrong = [];
  if (document.documentElement.scrollWidth > innerWidth)
    wrong.push("the page is " + document.documentElement.scrollWidth + " wide");
  for (const each of document.querySelectorAll("main *, header *, nav *")) {
    if (each.closest(".scroll") || each.closest(".sr") || wrong.length > 5) continue;
    if (each.getBoundingClientRect().right > innerWidth + 1) wrong.push(each.outerHTML.slice(0, 120));
  }
  return wrong;
}

/// WCAG 2.1, success criterion 1.4.3: 4.5 to 1 for every text.
function contrast() {
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((each) => {
      const part = each / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const alpha = numbers(colour)[3];
      if (alpha === undefined || alpha === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const wrong = new Set();
  for (const each of document.querySelectorAll("body *")) {
    const isText = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!isText || each.closest(".sr, script, .skip") || !each.checkVisibility()) continue;
    const [a, b] = [light(getComputedStyle(each).color), light(ground(each))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) wrong.add(ratio.toFixed(2) + " for " + each.tagName + "." + each.className);
  }
  return [...wrong].slice(0, 8);
}

/// Buttons fold and unfold, the filter filters, links open what hides their end.
function toggles() {
  const wrong = [];
  const expect = (isSo, what) => isSo || wrong.push(what);
  const folds = [...document.querySelectorAll("#tree details")];
  const press = (text) => [...document.querySelectorAll("button")]
      .find((each) => each.textContent === text).click();
  const open = () => folds.filter((each) => each.open).length;
  expect(folds.length > 2, "there is nothing to fold");
  press("Fold all");
  expect(open() === 0, "Fold all leaves some open");
  press("Unfold all");
  expect(open() === folds.length, "Unfold all leaves some folded");
  folds[0].querySelector("summary").click();
  expect(open() === folds.length - 1, "a click does not fold");
  folds[0].querySelector("summary").click();
  const input = document.querySelector("input");
  const rows = [...document.querySelectorAll("#rule-table tbody tr")];
  const filter = (text) => {
    input.value = text;
    input.dispatchEvent(new Event("input"));
    return rows.filter((each) => each.checkVisibility()).length;
  };
  const some = filter("deny");
  expect(some > 0 && some < rows.length, "the filter shows " + some + " of " + rows.length);
  expect(filter("no such rule") === 0, "the filter shows what does not match");
  expect(filter("") === rows.length, "the filter does not let go");
  return wrong;
}

/// With scripts off: no button that would do nothing, and all is there.
function withoutScripts() {
  const wrong = [];
  if (document.querySelector("button, input")) wrong.push("there is a dead button");
  const seen = [...document.querySelectorAll("#tree .names")].filter((each) => each.checkVisibility());
  if (seen.length < 5) wrong.push("the tree shows " + seen.length + " rows");
  const summary = document.querySelector("#tree summary");
  const box = summary.getBoundingClientRect();
  if (box.width === 0) wrong.push("the first fold cannot be pressed");
  return wrong;
}

module.exports = { overflow, contrast, toggles, withoutScripts };
