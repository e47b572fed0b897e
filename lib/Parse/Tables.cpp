// lib/Parse/Tables.cpp: builds the tree and reports what is wrong with it.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Tables.h"

#include "lib/Parse/SrtReader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <cassert>

namespace srt::tables {

std::string described(const Node &node) {
  switch (node.kind) {
  case Node::Kind::Text:
    return "the text `" + shown(node.text) + "`";
  case Node::Kind::Number:
    return "the number `" + shown(node.text) + "`";
  case Node::Kind::Boolean:
    return "the truth value `" + shown(node.text) + "`";
  case Node::Kind::Date:
    return "the date `" + shown(node.text) + "`";
  case Node::Kind::Null:
    return "no value";
  case Node::Kind::Sequence:
    return "a list";
  case Node::Kind::Mapping:
    return "a table";
  }
  llvm_unreachable("unknown kind");
}

std::optional<NodeId> TreeBuilder::add(Node node, uint8_t depth) {
  if (depth > kMaxTableDepth) {
    diags.report(node.range, diag::TablesTooDeep, kMaxTableDepth);
    return std::nullopt;
  }
  if (tables.nodes.size() >= kMaxTableNodes) {
    diags.report(node.range, diag::TooManyValues, kMaxTableNodes);
    return std::nullopt;
  }
  node.depth = depth;
  tables.nodes.push_back(std::move(node));
  return NodeId{uint32_t(tables.nodes.size() - 1)};
}

std::optional<NodeId> TreeBuilder::addRoot(Node node) {
  assert(tables.nodes.empty());
  return add(std::move(node), 0);
}

/// Scalars add no level: only what nests can nest too deeply.
static uint8_t depthUnder(const Node &parent, const Node &child) {
  bool nests =
      child.kind == Node::Kind::Sequence || child.kind == Node::Kind::Mapping;
  return parent.depth + (nests ? 1 : 0);
}

std::optional<NodeId> TreeBuilder::addItem(NodeId sequence, Node item) {
  uint8_t depth = depthUnder((*this)[sequence], item);
  std::optional<NodeId> id = add(std::move(item), depth);
  if (id)
    (*this)[sequence].children.push_back(*id);
  return id;
}

std::optional<NodeId> TreeBuilder::addEntry(NodeId mapping, Node key,
                                            Node value) {
  uint8_t depth = depthUnder((*this)[mapping], value);
  std::optional<NodeId> keyId = add(std::move(key), 0);
  std::optional<NodeId> id =
      keyId ? add(std::move(value), depth) : std::nullopt;
  if (!id)
    return std::nullopt;
  std::vector<NodeId> &children = (*this)[mapping].children;
  bool isNew =
      keys.try_emplace({mapping, (*this)[*keyId].text}, children.size()).second;
  if (isNew)
    children.insert(children.end(), {*keyId, *id});
  else
    reportDuplicate(mapping, (*this)[*keyId]);
  return id;
}

std::optional<NodeId> TreeBuilder::find(NodeId mapping,
                                        llvm::StringRef key) const {
  auto found = keys.find({mapping, key});
  if (found == keys.end())
    return std::nullopt;
  return tables[mapping].children[found->second + 1];
}

void TreeBuilder::reportDuplicate(NodeId mapping, const Node &key) {
  NodeId first = tables[mapping].children[keys.at({mapping, key.text})];
  diags.report(key.range, diag::DuplicateKey, shown(key.text))
      .note(tables[first].range, "it stands here already");
}

Diagnostic &Reading::syntaxError(size_t begin, size_t end,
                                 llvm::StringRef what) const {
  return diags.report(range(begin, end), diag::FormatSyntax, format, what);
}

void Reading::trailingComma(size_t comma, llvm::StringRef closer) const {
  diags.report(range(comma, comma + 1), diag::TrailingComma, closer, format)
      .fix(range(comma, comma + 1), "");
}

void Reading::empty() const { diags.report(range(0, 0), diag::EmptyFile); }

std::string Reading::found(size_t at) const {
  llvm::StringRef rest = text().drop_front(at);
  if (rest.empty())
    return "the end of the file";
  if (rest.front() == '\n' || rest.front() == '\r')
    return "the end of the line";
  llvm::StringRef word = rest.take_while([](char c) {
    return llvm::isAlnum(c) || c == '_' || c == '-' || uint8_t(c) >= 0x80;
  });
  return "`" + shown(word.empty() ? rest.take_front(1) : word, 40) + "`";
}

bool Reading::isText() const {
  if (!checkText(sources, file, diags))
    return false;
  if (!text().starts_with("\xef\xbb\xbf"))
    return true;
  syntaxError(0, 3, "found a byte order mark; a policy file starts with text");
  return false;
}

} // namespace srt::tables
