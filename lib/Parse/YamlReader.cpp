// lib/Parse/YamlReader.cpp: llvm::yaml's nodes become a tree of tables.
// SPDX-License-Identifier: Apache-2.0
//
// llvm::yaml parses as it is walked, and skips what was not walked recursively.
// So every container is walked to its end, with a stack of our own, and after
// an error nothing of the document is touched any more.
#include "lib/Parse/YamlReader.h"

#include "lib/Parse/FromTables.h"
#include "lib/Parse/QuotedText.h"
#include "lib/Parse/YamlText.h"

#include "llvm/Support/YAMLParser.h"

#include <variant>

namespace srt {

namespace yaml = llvm::yaml;
using tables::Node;
using tables::NodeId;
using tables::reportYamlFeature;

namespace {
/// A container that is being walked.
struct Frame {
  NodeId id;
  std::variant<yaml::MappingNode *, yaml::SequenceNode *> node;
  yaml::MappingNode::iterator entry;
  yaml::SequenceNode::iterator item;
  bool isStarted = false;

  bool next();
};

class YamlReader {
public:
  explicit YamlReader(const tables::Reading &reading)
      : reading(reading), text(reading.text()), tree(reading.diags) {
    sourceMgr.setDiagHandler(takeError, this);
  }

  std::optional<tables::Tables> read();

private:
  static void takeError(const llvm::SMDiagnostic &error, void *self);
  bool walk(yaml::Stream &stream);
  bool step(Frame &frame);
  bool stepEntry(yaml::KeyValueNode &entry, NodeId mapping);
  bool push(std::optional<NodeId> id, yaml::Node &node);
  void finish(NodeId id);
  std::optional<Node> convert(yaml::Node *node, size_t fallback);
  std::optional<Node> scalar(const yaml::ScalarNode &node);
  std::optional<Node> key(yaml::Node *node);
  bool isPlain(const yaml::Node &node);
  size_t offset(const char *pointer) const { return pointer - text.data(); }
  bool refuse(llvm::StringRef part, llvm::StringRef what, size_t before);

  const tables::Reading &reading;
  llvm::StringRef text;
  tables::TreeBuilder tree;
  llvm::SourceMgr sourceMgr;
  tables::PlainKinds kinds;
  std::vector<Frame> open;
  bool isBroken = false; // llvm::yaml has reported an error
};
} // namespace

/// Goes to the next child; false behind the last.
bool Frame::next() {
  bool wasStarted = std::exchange(isStarted, true);
  if (auto **mapping = std::get_if<yaml::MappingNode *>(&node)) {
    entry = wasStarted ? ++entry : (*mapping)->begin();
    return entry != (*mapping)->end();
  }
  yaml::SequenceNode *sequence = std::get<yaml::SequenceNode *>(node);
  item = wasStarted ? ++item : sequence->begin();
  return item != sequence->end();
}

void YamlReader::takeError(const llvm::SMDiagnostic &error, void *self) {
  auto &reader = *static_cast<YamlReader *>(self);
  // What follows the first error is about text that was skipped over.
  if (std::exchange(reader.isBroken, true))
    return;
  const char *place = error.getLoc().getPointer();
  size_t at = place ? reader.offset(place) : reader.text.size();
  at = std::min(at, reader.text.size());
  size_t end = std::min(at + 1, reader.text.size());
  llvm::StringRef start = reader.text.slice(at, end);
  // `*:22` is what people write who know globs better than YAML.
  bool isNameless = error.getMessage().starts_with("Got empty alias");
  Diagnostic &reported =
      isNameless
          ? reportYamlFeature(reader.reading, at, end, "an alias or anchor")
          : reader.reading.syntaxError(at, end, shown(error.getMessage(), 200));
  if (!start.empty() && llvm::StringRef("*&@`%").contains(start))
    reported.hint("a text that starts with `" + start.str() +
                  "` stands in quotes");
}

/// Refuses what stands `before` bytes in front of `part`, and `part`.
bool YamlReader::refuse(llvm::StringRef part, llvm::StringRef what,
                        size_t before) {
  size_t begin = offset(part.data());
  Diagnostic &error =
      reportYamlFeature(reading, begin - before, begin + part.size(), what);
  if (before > 0)
    error.hint("a text that starts with `" +
               text.substr(begin - before, 1).str() + "` stands in quotes");
  return false;
}

/// True if the node is of a kind that policies are written in.
bool YamlReader::isPlain(const yaml::Node &node) {
  if (auto *alias = llvm::dyn_cast<yaml::AliasNode>(&node))
    return refuse(alias->getName(), "an alias", 1);
  if (!node.getAnchor().empty())
    return refuse(node.getAnchor(), "an anchor", 1);
  if (!node.getRawTag().empty())
    return refuse(node.getRawTag(), "a tag", 0);
  if (auto *block = llvm::dyn_cast<yaml::BlockScalarNode>(&node)) {
    // The node starts behind its `|` or `>`.
    size_t begin = offset(block->getSourceRange().Start.getPointer());
    begin = text.take_front(begin).find_last_of("|>");
    reportYamlFeature(reading, begin, begin + 1, "a block scalar")
        .hint("a text is one line, in quotes or plain");
    return false;
  }
  return true;
}

std::optional<Node> YamlReader::scalar(const yaml::ScalarNode &node) {
  // llvm::yaml leaves the blanks in front of a comment in a plain scalar.
  llvm::StringRef raw = node.getRawValue().rtrim(" \t\r\n");
  size_t begin = offset(raw.data());
  size_t end = begin + raw.size();
  bool isDouble = raw.starts_with("\"");
  if (isDouble || raw.starts_with("'")) {
    if (text.substr(end).starts_with("#")) {
      reading.syntaxError(end, end + 1, "a comment needs a space before it");
      return std::nullopt;
    }
    return readQuoted(reading, {isDouble ? tables::Quoting::YamlDouble
                                         : tables::Quoting::YamlSingle,
                                begin, end, 1});
  }
  std::optional<Node> plain =
      readQuoted(reading, {tables::Quoting::Bare, begin, end, 0});
  if (plain)
    plain->kind = kinds.kindOf(plain->text);
  return plain;
}

/// Makes a node without its children. `fallback` is where a value that is not
/// there should stand.
std::optional<Node> YamlReader::convert(yaml::Node *node, size_t fallback) {
  if (!node || isBroken || !isPlain(*node))
    return std::nullopt;
  if (auto *scalarNode = llvm::dyn_cast<yaml::ScalarNode>(node))
    return scalar(*scalarNode);
  if (llvm::isa<yaml::NullNode>(node))
    return Node{Node::Kind::Null, 0, {}, reading.range(fallback, fallback)};
  bool isMapping = llvm::isa<yaml::MappingNode>(node);
  size_t begin = offset(node->getSourceRange().Start.getPointer());
  begin = std::min(begin, text.size());
  // A container in brackets starts, for llvm::yaml, behind its bracket.
  llvm::StringRef before = text.take_front(begin).rtrim(" \r\n");
  if (before.ends_with("[") || before.ends_with("{"))
    begin = before.size() - 1;
  return Node{isMapping ? Node::Kind::Mapping : Node::Kind::Sequence,
              0,
              {},
              reading.range(begin, std::min(begin + 1, text.size()))};
}

std::optional<Node> YamlReader::key(yaml::Node *node) {
  if (node && !isBroken && isPlain(*node) &&
      !llvm::isa<yaml::ScalarNode>(node)) {
    const char *start = node->getSourceRange().Start.getPointer();
    size_t at = std::min(offset(start), text.size());
    reading.syntaxError(at, std::min(at + 1, text.size()),
                        "found " + reading.found(at) + ", expected a key");
    return std::nullopt;
  }
  std::optional<Node> key = convert(node, text.size());
  if (key && key->text == "<<" && key->places.size() != 0) {
    size_t at =
        offset(llvm::cast<yaml::ScalarNode>(node)->getRawValue().data());
    reportYamlFeature(reading, at, at + 2, "a merge key");
    return std::nullopt;
  }
  return key;
}

bool YamlReader::push(std::optional<NodeId> id, yaml::Node &node) {
  if (!id)
    return false;
  if (auto *mapping = llvm::dyn_cast<yaml::MappingNode>(&node))
    open.push_back({*id, mapping, {}, {}});
  else if (auto *sequence = llvm::dyn_cast<yaml::SequenceNode>(&node))
    open.push_back({*id, sequence, {}, {}});
  return true;
}

bool YamlReader::stepEntry(yaml::KeyValueNode &entry, NodeId mapping) {
  std::optional<Node> name = key(entry.getKey());
  if (!name || isBroken)
    return false;
  size_t end = reading.sources.offset(reading.file, name->range.endLine,
                                      name->range.endColumn);
  yaml::Node *value = entry.getValue();
  std::optional<Node> node = convert(value, end);
  if (!node)
    return false;
  return push(tree.addEntry(mapping, std::move(*name), std::move(*node)),
              *value);
}

/// A container ends where its last child does.
void YamlReader::finish(NodeId id) {
  Node &node = tree[id];
  if (node.children.empty())
    return;
  SourceRange last = tree[node.children.back()].range;
  if (std::pair(last.endLine, last.endColumn) >
      std::pair(node.range.endLine, node.range.endColumn))
    node.range = joined(node.range, last);
}

bool YamlReader::step(Frame &frame) {
  if (!frame.next()) {
    finish(frame.id);
    open.pop_back();
    return true;
  }
  if (std::holds_alternative<yaml::MappingNode *>(frame.node))
    return stepEntry(*frame.entry, frame.id);
  yaml::Node &item = *frame.item;
  const char *start = item.getSourceRange().Start.getPointer();
  std::optional<Node> node =
      convert(&item, std::min(offset(start), text.size()));
  return node && push(tree.addItem(frame.id, std::move(*node)), item);
}

bool YamlReader::walk(yaml::Stream &stream) {
  yaml::document_iterator document = stream.begin();
  yaml::Node *root = document->getRoot();
  std::optional<Node> node = convert(root, 0);
  if (!node)
    return false;
  if (node->kind == Node::Kind::Null) {
    reading.empty();
    return false;
  }
  if (!push(tree.addRoot(std::move(*node)), *root))
    return false;
  while (!open.empty() && !isBroken)
    if (!step(open.back()))
      return false;
  // All was walked, so this recurses into nothing; it sees what follows.
  if (!isBroken && document->skip() && !isBroken)
    reading.syntaxError(text.size(), text.size(),
                        "found more than one value in the file");
  return !isBroken;
}

std::optional<tables::Tables> YamlReader::read() {
  size_t before = reading.diags.errors();
  std::error_code failed;
  yaml::Stream stream(text, sourceMgr, /*ShowColors=*/false, &failed);
  bool isRead = walk(stream);
  if (reading.diags.errors() != before)
    return std::nullopt;
  if (isRead)
    return tree.take();
  reading.syntaxError(text.size(), text.size(), "the file is not YAML");
  return std::nullopt;
}

std::optional<syntax::File> readYaml(const Sources &sources, FileId file,
                                     DiagnosticEngine &diags) {
  tables::Reading reading{sources, file, diags, "YAML"};
  if (!reading.isText() || !checkYamlLines(reading) ||
      !checkYamlCommas(reading))
    return std::nullopt;
  std::optional<tables::Tables> tables = YamlReader(reading).read();
  if (!tables)
    return std::nullopt;
  return buildFromTables(*tables, reading);
}

} // namespace srt
