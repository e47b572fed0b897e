// lib/Parse/TableValues.h: single values out of a tree of tables.
// SPDX-License-Identifier: Apache-2.0
//
// Every function that returns nothing has reported why.
#ifndef SRT_LIB_PARSE_TABLEVALUES_H
#define SRT_LIB_PARSE_TABLEVALUES_H

#include "lib/Parse/Syntax.h"
#include "lib/Parse/Tables.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace srt::tables {

/// A key of a mapping and its value, both owned by the Tables.
struct Entry {
  const Node *key = nullptr;
  const Node *value = nullptr;

  explicit operator bool() const { return key != nullptr; }
  SourceRange range() const;
};

/// Bytes [begin, end) of a Text node as a node of their own.
Node slice(const Node &text, size_t begin, size_t end);

class Values {
public:
  Values(const Tables &tables, DiagnosticEngine &diags)
      : tables(tables), diags(diags) {}

  /// All entries of a mapping, as in the file; none and a report for others.
  /// `name` is the key that the value belongs to.
  std::vector<Entry> entries(const Node &mapping, llvm::StringRef name) const;

  /// The entries with these keys, in this order, empty where one is missing.
  /// Reports every other key; `what` says of what it is none ("a rule").
  using Fields = llvm::SmallVector<Entry, 8>;
  Fields fields(const Node &mapping, llvm::StringRef what,
                llvm::ArrayRef<llvm::StringRef> keys) const;

  /// The items of a list, or the one value that stands for a list of one.
  std::vector<const Node *> items(const Node &node) const;

  /// A text as the language has it in quotes: `"` escaped, `$HOME/` as `~/`
  /// where `home` says so. `name` is the key that the text belongs to.
  enum class Home : uint8_t { AsWritten, Expanded };
  std::optional<syntax::Literal> literal(const Node &node, llvm::StringRef name,
                                         Home home = Home::AsWritten) const;

  /// The resource of an action: `all` and `@group` of syscalls and the subjects
  /// of signal and trace are words, everything else is a text.
  std::optional<syntax::Literal> resource(const Node &node,
                                          llvm::StringRef name,
                                          llvm::StringRef action) const;

  /// A name: letters, digits, `_` and `-`, perhaps with dots.
  std::optional<syntax::Word> word(const Node &node,
                                   llvm::StringRef name) const;

  /// true or false.
  std::optional<bool> truth(const Node &node, llvm::StringRef name) const;

  void reportShape(const Node &node, llvm::StringRef name,
                   llvm::StringRef wanted) const;
  void reportUnknown(const Node &key, llvm::StringRef what,
                     llvm::ArrayRef<llvm::StringRef> known) const;
  void reportMissing(SourceRange range, llvm::StringRef what,
                     llvm::StringRef key, llvm::StringRef hint) const;
  /// Requires: both in one mapping.
  void reportClash(Entry a, Entry b) const;

private:
  bool checkBytes(const Node &node) const;

  const Tables &tables;
  DiagnosticEngine &diags;
};

} // namespace srt::tables

#endif
