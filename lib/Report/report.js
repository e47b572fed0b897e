/* What is only comfort: folding the tree, filtering rules, opening what a link leads to. */
"use strict";
(function () {
  function button(label, act) {
    var element = document.createElement("button");
    element.type = "button";
    element.textContent = label;
    element.addEventListener("click", act);
    return element;
  }
  function toolsOf(name) {
    return document.querySelector('[data-tools="' + name + '"]');
  }
  function foldTree(isOpen) {
    document.querySelectorAll("#tree details").forEach(function (each) {
      each.open = isOpen;
    });
  }

  var tree = toolsOf("tree");
  if (tree && document.querySelector("#tree details")) {
    tree.append(
      button("Unfold all", function () { foldTree(true); }),
      button("Fold all", function () { foldTree(false); }));
  }

  var rules = toolsOf("rules");
  var rows = Array.from(document.querySelectorAll("#rule-table tbody tr"));
  if (rules && rows.length > 5) {
    var label = document.createElement("label");
    var input = document.createElement("input");
    var count = document.createElement("output");
    input.type = "search";
    input.placeholder = "deny, /usr, broker \u2026";
    label.append("Filter ", input);
    input.addEventListener("input", function () {
      var wanted = input.value.toLowerCase();
      var shown = 0;
      rows.forEach(function (row) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = wanted ? shown + " of " + rows.length : "";
    });
    rules.append(label, " ", count);
  }

  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    target.hidden = false;
    for (var at = target; at; at = at.parentElement)
      if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  if (location.hash) reveal();
  window.addEventListener("beforeprint", function () { foldTree(true); });
})();
