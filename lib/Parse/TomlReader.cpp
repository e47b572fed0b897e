// lib/Parse/TomlReader.cpp: tables, arrays and headers of TOML.
// SPDX-License-Identifier: Apache-2.0
//
// Source: TOML 1.0.0, sections "Key/Value Pair" to "Array of Tables". Our own
// reader, for toml++ recurses into tables such as `a.a.a...` and counts columns
// in code points (docs/adr/0006-own-toml-reader.md).
#include "lib/Parse/TomlReader.h"

#include "lib/Parse/FromTables.h"
#include "lib/Parse/TomlScalars.h"

namespace srt {

using tables::Node;
using tables::NodeId;

namespace {
/// How a node came to be, which decides what may still be added to it.
enum class Made : uint8_t {
  Closed,  // a scalar, an array, an inline table: complete where it stands
  Implied, // a table on the way to another table's header
  Header,  // a table with a header of its own
  Dotted,  // a table made by a dotted key
  List     // an array of tables, `[[...]]`
};

class TomlReader {
public:
  explicit TomlReader(const tables::Reading &reading)
      : reading(reading), cursor(reading), tree(reading.diags) {}

  std::optional<tables::Tables> read();

private:
  bool header();
  bool headerTable(NodeId parent, Node key);
  bool headerItem(NodeId parent, Node key);
  bool keyValue(NodeId table);
  bool value(NodeId table, Node key);
  bool fill(size_t base);
  bool step(NodeId container, bool &isComplete);
  std::optional<NodeId> descend(NodeId table, Node key, Made made);
  std::optional<Node> opened();
  bool openOrClose(std::optional<NodeId> id);
  void mark(NodeId id, Made how);
  Made made(NodeId id) const {
    return id.value < marks.size() ? marks[id.value] : Made::Closed;
  }

  const tables::Reading &reading;
  tables::TomlCursor cursor;
  tables::TreeBuilder tree;
  std::vector<Made> marks;  // by NodeId
  std::vector<NodeId> open; // arrays and inline tables being read
  NodeId current;           // what the last header named
};
} // namespace

void TomlReader::mark(NodeId id, Made how) {
  if (marks.size() <= id.value)
    marks.resize(id.value + 1, Made::Closed);
  marks[id.value] = how;
}

static Node emptyNode(Node::Kind kind, SourceRange range) {
  return {kind, 0, {}, range};
}

/// One step along a dotted name. `made` is Implied in headers, Dotted in keys:
/// a header may pass through every table and into the last item of a list; a
/// key only through tables that keys like it have made.
std::optional<NodeId> TomlReader::descend(NodeId table, Node key, Made how) {
  std::optional<NodeId> next = tree.find(table, key.text);
  if (!next) {
    Node node = emptyNode(Node::Kind::Mapping, key.range);
    next = tree.addEntry(table, std::move(key), std::move(node));
    if (next)
      mark(*next, how);
    return next;
  }
  Made was = made(*next);
  bool isHeader = how == Made::Implied;
  if (was == Made::List && isHeader)
    return tree[*next].children.back();
  if (was == Made::Dotted ||
      (isHeader && was != Made::Closed && was != Made::List))
    return next;
  tree.reportDuplicate(table, key);
  return std::nullopt;
}

/// The last name of `[a.b]`.
bool TomlReader::headerTable(NodeId parent, Node key) {
  std::optional<NodeId> known = tree.find(parent, key.text);
  if (known && made(*known) == Made::Implied) {
    current = *known;
    tree[current].range = key.range;
    mark(current, Made::Header);
    return true;
  }
  // A second header is reported by addEntry; what follows it is read apart.
  Node node = emptyNode(Node::Kind::Mapping, key.range);
  std::optional<NodeId> id =
      tree.addEntry(parent, std::move(key), std::move(node));
  if (!id)
    return false;
  current = *id;
  mark(current, Made::Header);
  return true;
}

/// The last name of `[[a.b]]`.
bool TomlReader::headerItem(NodeId parent, Node key) {
  SourceRange range = key.range;
  std::optional<NodeId> list = tree.find(parent, key.text);
  if (!list || made(*list) != Made::List) {
    list = tree.addEntry(parent, std::move(key),
                         emptyNode(Node::Kind::Sequence, range));
    if (list)
      mark(*list, Made::List);
  }
  std::optional<NodeId> item;
  if (list)
    item = tree.addItem(*list, emptyNode(Node::Kind::Mapping, range));
  if (!item)
    return false;
  current = *item;
  mark(current, Made::Header);
  return true;
}

bool TomlReader::header() {
  bool isItem = cursor.isAt("[[");
  cursor.at += isItem ? 2 : 1;
  std::optional<std::vector<Node>> keys = cursor.dottedKey();
  if (!keys)
    return false;
  if (!cursor.take(isItem ? "]]" : "]"))
    return cursor.fail(isItem ? "`]]`" : "`]`");
  NodeId table; // the root
  for (size_t i = 0; i + 1 < keys->size(); ++i) {
    std::optional<NodeId> next =
        descend(table, std::move((*keys)[i]), Made::Implied);
    if (!next)
      return false;
    table = *next;
  }
  return isItem ? headerItem(table, std::move(keys->back()))
                : headerTable(table, std::move(keys->back()));
}

/// The node of an array or inline table that opens here, or a whole scalar.
std::optional<Node> TomlReader::opened() {
  if (!cursor.isAt("[") && !cursor.isAt("{"))
    return cursor.scalar();
  Node::Kind kind =
      cursor.isAt("{") ? Node::Kind::Mapping : Node::Kind::Sequence;
  ++cursor.at;
  return emptyNode(kind, reading.range(cursor.at - 1, cursor.at));
}

/// Puts a container that was just added on the stack.
bool TomlReader::openOrClose(std::optional<NodeId> id) {
  if (!id)
    return false;
  Node::Kind kind = tree[*id].kind;
  if (kind == Node::Kind::Mapping || kind == Node::Kind::Sequence)
    open.push_back(*id);
  return true;
}

bool TomlReader::value(NodeId table, Node key) {
  std::optional<Node> node = opened();
  return node &&
         openOrClose(tree.addEntry(table, std::move(key), std::move(*node)));
}

/// `a.b.c = value`, up to the bracket if the value has one.
bool TomlReader::keyValue(NodeId table) {
  std::optional<std::vector<Node>> keys = cursor.dottedKey();
  if (!keys)
    return false;
  if (!cursor.take("="))
    return cursor.fail("`=` or `.`");
  cursor.skipBlanks();
  for (size_t i = 0; i + 1 < keys->size(); ++i) {
    std::optional<NodeId> next =
        descend(table, std::move((*keys)[i]), Made::Dotted);
    if (!next)
      return false;
    table = *next;
  }
  return value(table, std::move(keys->back()));
}

/// The next item of the innermost container, or its end.
bool TomlReader::step(NodeId container, bool &isComplete) {
  bool isTable = tree[container].kind == Node::Kind::Mapping;
  llvm::StringRef closer = isTable ? "}" : "]";
  // An inline table stands on one line.
  auto skip = [&] { isTable ? cursor.skipBlanks() : cursor.skipLines(); };
  char last = cursor.text[cursor.at - 1];
  bool isFirst =
      tree[container].children.empty() && (last == '{' || last == '[');
  skip();
  if (!isFirst && !cursor.isAt(closer)) {
    size_t comma = cursor.at;
    if (!cursor.take(","))
      return cursor.fail(isTable ? "`,` or `}`" : "`,` or `]`");
    skip();
    if (isTable && cursor.isAt(closer))
      reading.trailingComma(comma, closer);
  }
  isComplete = cursor.take(closer);
  if (isComplete)
    return true;
  if (isTable)
    return keyValue(container);
  std::optional<Node> node = opened();
  return node && openOrClose(tree.addItem(container, std::move(*node)));
}

/// Reads what the containers on the stack hold, down to `base` of them.
bool TomlReader::fill(size_t base) {
  while (open.size() > base) {
    NodeId container = open.back();
    bool isComplete = false;
    if (!step(container, isComplete))
      return false;
    if (!isComplete)
      continue;
    SourceRange end = reading.range(cursor.at - 1, cursor.at);
    tree[container].range = joined(tree[container].range, end);
    open.pop_back();
  }
  return true;
}

std::optional<tables::Tables> TomlReader::read() {
  size_t before = reading.diags.errors();
  current = *tree.addRoot(emptyNode(Node::Kind::Mapping, reading.range(0, 0)));
  mark(current, Made::Header);
  cursor.skipLines();
  if (cursor.isAtEnd()) {
    reading.empty();
    return std::nullopt;
  }
  for (; !cursor.isAtEnd(); cursor.skipLines()) {
    bool isFine = cursor.isAt("[") ? header() : keyValue(current) && fill(0);
    if (!isFine || !cursor.endLine())
      return std::nullopt;
  }
  if (reading.diags.errors() != before)
    return std::nullopt;
  return tree.take();
}

std::optional<syntax::File> readToml(const Sources &sources, FileId file,
                                     DiagnosticEngine &diags) {
  tables::Reading reading{sources, file, diags, "TOML"};
  if (!reading.isText())
    return std::nullopt;
  std::optional<tables::Tables> tables = TomlReader(reading).read();
  if (!tables)
    return std::nullopt;
  return buildFromTables(*tables, reading);
}

} // namespace srt
