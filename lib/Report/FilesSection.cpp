// lib/Report/FilesSection.cpp: the tree of paths, coloured by verdict.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Sections.h"

#include "lib/Report/PathTree.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::report {

namespace {
/// Names that share a row where the same is to be said of them.
constexpr size_t kMaxNames = 60;

class TreeWriter {
public:
  TreeWriter(Page &page, const PathTree &tree) : page(page), tree(tree) {}
  void write();

private:
  using Row = std::vector<uint32_t>; // places that share it
  /// What is open: the rows of one parent, and how far they are written.
  struct Level {
    std::vector<Row> rows;
    size_t next = 0;
    size_t leftOut = 0;
  };

  Level levelOf(const std::vector<uint32_t> &children, size_t leftOut) const;
  void enter(Level level);
  void leave();
  void writeRow(const Row &row);
  void writeNames(const Row &row);
  void writeCells(const PathNode &node);

  Page &page;
  const PathTree &tree;
  std::vector<Level> levels;
};
} // namespace

/// The tone of the whole row: the strictest word that a rule has on it, then
/// the most that is allowed.
static llvm::StringRef lookOf(const PathNode &node) {
  auto toneOfAction = [&](ir::ActionId action) {
    auto it = llvm::find_if(
        node.now, [&](const Cell &cell) { return cell.action == action; });
    return it == node.now.end() ? Tone::Unsaid : it->tone;
  };
  Tone read = toneOfAction(ir::ActionId::Read);
  Tone write = toneOfAction(ir::ActionId::Write);
  Tone exec = toneOfAction(ir::ActionId::Exec);
  if (read == Tone::Denied || (write == Tone::Denied && read != Tone::Allowed))
    return "is-deny";
  if (read == Tone::Asked || write == Tone::Asked || exec == Tone::Asked)
    return "is-ask";
  if (write == Tone::Allowed || write == Tone::Mixed)
    return "is-write";
  if (exec == Tone::Allowed)
    return "is-exec";
  if (write == Tone::Denied || exec == Tone::Denied)
    return "is-deny";
  return read == Tone::Unsaid ? "is-unsaid" : "is-read";
}

/// What makes two places say the same.
static std::string signatureOf(const PathNode &node) {
  std::string text = lookOf(node).str();
  for (const Cell &cell : node.now)
    text += "|" + cell.details();
  for (const Cell &cell : node.before)
    text += "|" + spelling(cell.tone).str();
  return text;
}

/// Places with nothing beneath them share a row with others that say the same.
TreeWriter::Level TreeWriter::levelOf(const std::vector<uint32_t> &children,
                                      size_t leftOut) const {
  Level level{{}, 0, leftOut};
  std::map<std::string, size_t> known;
  for (uint32_t child : children) {
    const PathNode &node = tree.nodes[child];
    bool isLeaf = node.children.empty() && node.leftOut == 0;
    if (isLeaf && !node.isWild) {
      auto [it, isNew] =
          known.try_emplace(signatureOf(node), level.rows.size());
      if (!isNew) {
        level.rows[it->second].push_back(child);
        continue;
      }
    }
    level.rows.push_back({child});
  }
  return level;
}

static std::string wasText(const PathNode &node, ir::ActionId action) {
  for (const Cell &cell : node.before)
    if (cell.action == action)
      return spelling(cell.tone).str();
  return spelling(Tone::Unsaid).str();
}

static bool isMetadataHidden(const PathNode &node) {
  return llvm::any_of(node.now, [](const Cell &cell) {
    return llvm::any_of(cell.leaves, [](const LeafVerdict &each) {
      return each.leaf == ir::ActionId::ReadMetadata &&
             each.verdict.effect == ir::Effect::Deny;
    });
  });
}

void TreeWriter::writeCells(const PathNode &node) {
  Html &html = page.html;
  html.element("span", {{"class", "cells"}}, [&] {
    for (const Cell &cell : node.now)
      html.element("span", {{"class", ir::spelling(cell.action).str()}}, [&] {
        page.verdict(cell.tone, cell.label(), cell.details());
        std::string was = wasText(node, cell.action);
        if (!node.before.empty() && was != spelling(cell.tone))
          html.element("b", {{"class", "was"}}, "was " + was);
      });
    if (isMetadataHidden(node))
      page.verdict(Tone::Denied, "names and sizes",
                   "read.metadata is denied: not even that it is there shows");
  });
  html.element("span", {{"class", "by"}}, [&] {
    page.rules(decidersOf(node.now));
  });
}

void TreeWriter::writeNames(const Row &row) {
  Html &html = page.html;
  html.element("span", {{"class", "names"}}, [&] {
    for (uint32_t each : llvm::ArrayRef(row).take_front(kMaxNames)) {
      const PathNode &node = tree.nodes[each];
      html.element("code",
                   {{"data-path", node.example}, {"title", node.example}},
                   node.name);
      html.text(" ");
    }
    if (row.size() > kMaxNames)
      html.text("and " + std::to_string(row.size() - kMaxNames) + " more ");
    const PathNode &first = tree.nodes[row.front()];
    bool isParam = llvm::StringRef(first.name).starts_with("${");
    if (first.isWild || isParam)
      html.element("small", {}, "such as " + first.example);
    if (first.name == "/")
      html.element("small", {}, "and all that is not listed");
  });
}

void TreeWriter::writeRow(const Row &row) {
  Html &html = page.html;
  const PathNode &node = tree.nodes[row.front()];
  bool isFolder = !node.children.empty() || node.leftOut != 0;
  html.open("li", {{"class", lookOf(node).str()}});
  auto content = [&] {
    writeNames(row);
    writeCells(node);
  };
  if (!isFolder) {
    html.element("div", {{"class", "row"}}, content);
    html.close();
    return;
  }
  // Big trees start folded beneath their first two levels.
  bool isOpen = tree.nodes.size() <= 120 || levels.size() <= 2;
  if (isOpen)
    html.open("details", {{"open", ""}});
  else
    html.open("details", {});
  html.element("summary", {{"class", "row"}}, content);
  enter(levelOf(node.children, node.leftOut));
}

void TreeWriter::enter(Level level) {
  page.html.open("ul", {});
  levels.push_back(std::move(level));
}

void TreeWriter::leave() {
  size_t leftOut = levels.back().leftOut;
  if (leftOut != 0)
    page.html.element("li", {}, [&] { page.leftOut(leftOut, "places"); });
  levels.pop_back();
  page.html.close(); // ul
  if (levels.empty())
    return;
  page.html.close(); // details
  page.html.close(); // li
}

/// Without recursion: a policy decides how deep it goes.
void TreeWriter::write() {
  page.html.open("div", {{"class", "tree"}, {"id", "tree"}});
  enter(levelOf(tree.roots, tree.leftOut));
  while (!levels.empty()) {
    if (levels.back().next == levels.back().rows.size()) {
      leave();
      continue;
    }
    Row row = levels.back().rows[levels.back().next++];
    writeRow(row);
  }
  page.html.close();
}

static void writeLegend(Page &page) {
  Html &html = page.html;
  html.element("ul", {{"class", "legend"}, {"aria-label", "Legend"}}, [&] {
    for (auto [tone, label] : {std::pair<Tone, llvm::StringRef>
                               (Tone::Allowed, "allowed"),
                               {Tone::Asked, "asks first"},
                               {Tone::Denied, "denied by a rule"},
                               {Tone::Unsaid, "denied, as no rule allows it"},
                               {Tone::Mixed, "in part"}})
      html.element("li", {}, [&, tone = tone, label = label] {
        page.badge(tone, label);
      });
  });
}

static void writeAssumptions(Page &page) {
  const Subject &now = page.facts.now;
  if (now.policy.params.empty())
    return;
  constexpr size_t kMost = 12;
  page.html.element("p", {{"class", "note"}}, [&] {
    page.html.text("Decided with ");
    size_t told = std::min(now.policy.params.size(), kMost);
    for (size_t i = 0; i < told; ++i) {
      page.html.text(i == 0 ? "" : ", ");
      page.html.element("code", {}, "${" + now.policy.params[i].name + "}");
      page.html.text(" at ");
      page.html.element("code", {}, now.bindings.params[i]);
    }
    page.html.text(told < now.policy.params.size() ? " and so on." : ".");
  });
}

void writeFiles(Page &page) {
  PathTree tree = pathTreeOf(page.facts, page.examples);
  page.html.element(
      "p", {{"class", "note"}},
      "Every place that the policy names, with the verdict on it. A place "
      "covers what lies beneath it, down to the next place that is listed.");
  writeLegend(page);
  page.html.element("p", {{"class", "tools"}, {"data-tools", "tree"}}, "");
  TreeWriter(page, tree).write();
  writeAssumptions(page);
}

} // namespace srt::report
