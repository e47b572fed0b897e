// lib/Parse/JsonReader.cpp: strict JSON, with an explicit stack.
// SPDX-License-Identifier: Apache-2.0
//
// Source: RFC 8259. llvm::yaml reads JSON, too, but takes trailing commas,
// comments, bare words and single quotes, none of which JSON has.
#include "lib/Parse/JsonReader.h"

#include "lib/Parse/FromTables.h"
#include "lib/Parse/QuotedText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"

namespace srt {

using tables::Node;
using tables::NodeId;

namespace {
class JsonReader {
public:
  explicit JsonReader(const tables::Reading &reading)
      : reading(reading), text(reading.text()), tree(reading.diags),
        number("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$") {}

  std::optional<tables::Tables> read();

private:
  void skipSpace() {
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
  }
  bool isAt(char c) const { return at < text.size() && text[at] == c; }
  bool fail(llvm::StringRef expected);
  std::optional<Node> quoted();
  std::optional<Node> word();
  std::optional<Node> value();
  bool readKey();
  bool attach(Node node);
  bool closeAndStep(bool &isDone);
  bool close();

  const tables::Reading &reading;
  llvm::StringRef text;
  tables::TreeBuilder tree;
  llvm::Regex number;
  size_t at = 0;
  std::vector<NodeId> open; // from the outermost to the innermost container
  std::optional<Node> key;  // of the value that comes next
};
} // namespace

bool JsonReader::fail(llvm::StringRef expected) {
  Diagnostic &error = reading.syntaxError(at, std::min(at + 1, text.size()),
                                          "found " + reading.found(at) +
                                              ", expected " + expected.str());
  if (isAt('/') || isAt('#'))
    error.hint("JSON has no comments");
  else if (isAt('\''))
    error.hint("JSON has double quotes only");
  return false;
}

std::optional<Node> JsonReader::quoted() {
  size_t begin = at;
  std::optional<size_t> end =
      closingQuote(reading, begin, tables::Backslash::Escapes);
  if (!end)
    return std::nullopt;
  at = *end;
  size_t control = text.slice(begin, at).find_first_of("\t\r");
  if (control != llvm::StringRef::npos) {
    reading.syntaxError(begin + control, begin + control + 1,
                        "found a tab or a line end in a text");
    return std::nullopt;
  }
  return readQuoted(reading, {tables::Quoting::Json, begin, at, 1});
}

/// A number, true, false or null.
std::optional<Node> JsonReader::word() {
  llvm::StringRef found = text.drop_front(at).take_while([](char c) {
    return llvm::isAlnum(c) || c == '-' || c == '+' || c == '.' || c == '_';
  });
  Node node{Node::Kind::Number, 0, found.str(),
            reading.range(at, at + found.size())};
  if (found == "null")
    node.kind = Node::Kind::Null;
  else if (found == "true" || found == "false")
    node.kind = Node::Kind::Boolean;
  else if (!number.match(found)) {
    fail("a value");
    return std::nullopt;
  }
  at += found.size();
  return node;
}

std::optional<Node> JsonReader::value() {
  if (isAt('"'))
    return quoted();
  if (!isAt('{') && !isAt('['))
    return word();
  Node node{isAt('{') ? Node::Kind::Mapping : Node::Kind::Sequence};
  node.range = reading.range(at, at + 1);
  ++at;
  return node;
}

/// Puts a value into the innermost container and opens it if it is one.
bool JsonReader::attach(Node node) {
  bool isOpen =
      node.kind == Node::Kind::Mapping || node.kind == Node::Kind::Sequence;
  std::optional<NodeId> id;
  if (open.empty())
    id = tree.addRoot(std::move(node));
  else if (key)
    id = tree.addEntry(open.back(), *std::exchange(key, {}), std::move(node));
  else
    id = tree.addItem(open.back(), std::move(node));
  if (id && isOpen)
    open.push_back(*id);
  return id.has_value();
}

bool JsonReader::readKey() {
  if (!isAt('"'))
    return fail("a key in double quotes");
  key = quoted();
  skipSpace();
  if (!key)
    return false;
  if (!isAt(':'))
    return fail("`:`");
  ++at;
  skipSpace();
  return true;
}

bool JsonReader::close() {
  SourceRange &range = tree[open.back()].range;
  range = joined(range, reading.range(at, at + 1));
  open.pop_back();
  ++at;
  return true;
}

/// After a value or an opening bracket: closes what ends here and goes on to
/// the next item. Sets `isDone` behind the last value.
bool JsonReader::closeAndStep(bool &isDone) {
  bool isFirst = !open.empty() && tree[open.back()].children.empty() &&
                 (text[at - 1] == '{' || text[at - 1] == '[');
  for (skipSpace(); !open.empty(); skipSpace(), isFirst = false) {
    bool isMapping = tree[open.back()].kind == Node::Kind::Mapping;
    char closer = isMapping ? '}' : ']';
    if (isAt(closer)) {
      close();
      continue;
    }
    if (!isFirst) {
      if (!isAt(','))
        return fail(isMapping ? "`,` or `}`" : "`,` or `]`");
      size_t comma = at++;
      skipSpace();
      if (isAt(closer)) {
        reading.trailingComma(comma, llvm::StringRef(&closer, 1));
        continue;
      }
    }
    return !isMapping || readKey();
  }
  isDone = true;
  return at == text.size() || fail("the end of the file");
}

std::optional<tables::Tables> JsonReader::read() {
  skipSpace();
  if (at == text.size()) {
    reading.empty();
    return std::nullopt;
  }
  size_t before = reading.diags.errors();
  for (bool isDone = false; !isDone;) {
    std::optional<Node> node = value();
    if (!node || !attach(std::move(*node)) || !closeAndStep(isDone))
      return std::nullopt;
  }
  if (reading.diags.errors() != before)
    return std::nullopt;
  return tree.take();
}

std::optional<syntax::File> readJson(const Sources &sources, FileId file,
                                     DiagnosticEngine &diags) {
  tables::Reading reading{sources, file, diags, "JSON"};
  if (!reading.isText())
    return std::nullopt;
  std::optional<tables::Tables> tables = JsonReader(reading).read();
  if (!tables)
    return std::nullopt;
  return buildFromTables(*tables, reading);
}

} // namespace srt
