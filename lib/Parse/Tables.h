// lib/Parse/Tables.h: YAML, TOML and JSON files as one kind of tree.
// SPDX-License-Identifier: Apache-2.0
//
// The three readers differ in how they build this tree; what the keys in it
// mean is known to FromTables alone. Guarantees: at most kMaxTableNodes nodes,
// at most kMaxTableDepth deep, no key twice in a mapping, every node with the
// place it came from.
#ifndef SRT_LIB_PARSE_TABLES_H
#define SRT_LIB_PARSE_TABLES_H

#include "lib/Diag/Diagnostic.h"

#include <deque>
#include <map>
#include <optional>

namespace srt::tables {

inline constexpr unsigned kMaxTableDepth = 32;
inline constexpr unsigned kMaxTableNodes = 1000000; // keys count, too

using NodeId = Id<struct NodeTag>;

struct Node {
  enum class Kind : uint8_t {
    Text,
    Number,
    Boolean,
    Date,
    Null,
    Sequence,
    Mapping
  };
  Kind kind = Kind::Null;
  uint8_t depth = 0;
  /// Text: escapes of the format resolved, those of the language still there.
  /// Other scalars: as written.
  std::string text = {};
  SourceRange range = {};
  /// As syntax::Literal::places.
  std::vector<uint32_t> places = {};
  /// Sequence: the items. Mapping: key, value, key, value, as in the file.
  std::vector<NodeId> children = {};
};

/// "a list", "the number `7`": how messages speak of a node.
std::string described(const Node &node);

/// A finished tree.
struct Tables {
  std::deque<Node> nodes; // deque: references stay valid while it grows
  NodeId root;

  const Node &operator[](NodeId id) const { return nodes[id.value]; }
};

/// Builds a tree and keeps its bounds. Each `add` returns nothing if a bound
/// was reached, which is reported; the reader then gives up.
class TreeBuilder {
public:
  explicit TreeBuilder(DiagnosticEngine &diags) : diags(diags) {}

  std::optional<NodeId> addRoot(Node node);
  std::optional<NodeId> addItem(NodeId sequence, Node item);
  /// A key that is there already is reported; its second value is read, but
  /// belongs to nothing.
  std::optional<NodeId> addEntry(NodeId mapping, Node key, Node value);

  /// The value of a key, if the mapping has it.
  std::optional<NodeId> find(NodeId mapping, llvm::StringRef key) const;
  /// Reports that `key` is in `mapping` already. Requires: it is.
  void reportDuplicate(NodeId mapping, const Node &key);

  Node &operator[](NodeId id) { return tables.nodes[id.value]; }
  Tables take() { return std::move(tables); }

private:
  std::optional<NodeId> add(Node node, uint8_t depth);

  DiagnosticEngine &diags;
  Tables tables;
  // Position of each key in its mapping's children. Keys are owned by nodes.
  std::map<std::pair<NodeId, llvm::StringRef>, size_t> keys;
};

/// Where a reader stands and whom it tells.
struct Reading {
  const Sources &sources;
  FileId file;
  DiagnosticEngine &diags;
  llvm::StringRef format; // "YAML", "TOML" or "JSON"; a literal

  llvm::StringRef text() const { return sources.text(file); }
  SourceRange range(size_t begin, size_t end) const {
    return sources.range(file, begin, end);
  }
  /// Reports E1017 at bytes [begin, end).
  Diagnostic &syntaxError(size_t begin, size_t end, llvm::StringRef what) const;
  /// Reports E1015: a comma in front of `closer`.
  void trailingComma(size_t comma, llvm::StringRef closer) const;
  /// Reports E1020.
  void empty() const;
  /// "`x`" for what stands at `at`: a word, a byte, or "the end of the file".
  std::string found(size_t at) const;
  /// True if the bytes are text and no byte order mark stands in front of
  /// them; reports otherwise.
  bool isText() const;
};

} // namespace srt::tables

#endif
