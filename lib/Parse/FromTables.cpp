// lib/Parse/FromTables.cpp: a policy and its blocks out of tables.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/FromTables.h"

#include "lib/Parse/TableRules.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

using tables::Entry;
using tables::Node;
using tables::Statements;

namespace {
/// A table whose statements still have to be read, and where they go.
struct Pending {
  const Node *table;
  Statements *out; // in a vector that does not grow any more
};

struct BodyRow {
  llvm::StringRef key;
  void (*read)(const tables::Values &, Entry, Statements &);
};

constexpr BodyRow kBody[] = {
    {"rules", tables::readRules}, {"params", tables::readParams},
    {"env", tables::readEnv},     {"limits", tables::readLimits},
    {"tests", tables::readTests},
};

constexpr llvm::StringRef kScopeKeys[] = {"tool", "dir", "repo", "os"};
constexpr llvm::StringRef kFileKeys[] = {"policy", "name", "imports",
                                         "extends"};

class PolicyBuilder {
public:
  PolicyBuilder(const tables::Tables &tables, DiagnosticEngine &diags)
      : root(tables[tables.root]), values(tables, diags) {}

  /// What could be made of the tables; whole if nothing was reported.
  syntax::File build();

private:
  void readHead();
  void readName(Entry policy, Entry name);
  void readBody(Pending body);
  void readEntry(Entry entry, Statements &out);
  void readScopes(Entry scopes, Statements &out);
  std::optional<syntax::ScopeBlock> readScope(const Node &item);
  llvm::ArrayRef<llvm::StringRef> headKeys(const Node &table) const {
    return &table == &root ? llvm::ArrayRef(kFileKeys)
                           : llvm::ArrayRef(kScopeKeys);
  }

  const Node &root;
  tables::Values values;
  syntax::File file;
  std::vector<Pending> waiting;
  // Tables of the scopes of the body being read, by index of its statements.
  std::vector<std::pair<size_t, const Node *>> scopes;
  const Node *body = nullptr; // being read
};
} // namespace

void PolicyBuilder::readName(Entry policy, Entry name) {
  if (policy && name)
    values.reportClash(policy, name);
  Entry found = policy ? policy : name;
  if (!found)
    return values.reportMissing(root.range, "the file", "policy",
                                "write `policy` and the name of the policy");
  if (std::optional<syntax::Word> word =
          values.word(*found.value, found.key->text))
    file.policy.name = std::move(*word);
  file.policy.range = found.range();
}

/// The keys that only a whole file has.
void PolicyBuilder::readHead() {
  Entry found[std::size(kFileKeys)];
  for (Entry entry : values.entries(root, "the file")) {
    auto *key = llvm::find(kFileKeys, llvm::StringRef(entry.key->text));
    if (key != std::end(kFileKeys))
      found[key - kFileKeys] = entry;
  }
  readName(found[0], found[1]);
  if (found[2])
    for (const Node *item : values.items(*found[2].value))
      if (auto import = values.literal(*item, "imports"))
        file.imports.push_back({std::move(*import), item->range});
  if (found[3])
    for (const Node *item : values.items(*found[3].value))
      if (auto parent = values.word(*item, "extends"))
        file.policy.parents.push_back(std::move(*parent));
}

/// `{tool: npm, filesystem: ...}`: what it is for; its statements come later.
std::optional<syntax::ScopeBlock> PolicyBuilder::readScope(const Node &item) {
  Entry target;
  for (Entry entry : values.entries(item, "scopes")) {
    if (!llvm::is_contained(kScopeKeys, llvm::StringRef(entry.key->text)))
      continue;
    if (target)
      values.reportClash(target, entry);
    target = entry;
  }
  if (item.kind != Node::Kind::Mapping)
    return std::nullopt;
  if (!target) {
    values.reportMissing(item.range, "a scope", "tool",
                         "a scope has `tool`, `dir`, `repo` or `os`");
    return std::nullopt;
  }
  auto value = values.literal(*target.value, target.key->text);
  if (!value)
    return std::nullopt;
  bool isOs = target.key->text == "os";
  if (isOs)
    value->kind = syntax::Literal::Kind::Word;
  syntax::Word kind{isOs ? "on" : target.key->text, target.key->range};
  return syntax::ScopeBlock{std::move(kind), std::move(*value), {}, item.range};
}

void PolicyBuilder::readScopes(Entry list, Statements &out) {
  for (const Node *item : values.items(*list.value))
    if (std::optional<syntax::ScopeBlock> block = readScope(*item)) {
      scopes.emplace_back(out.size(), item);
      out.push_back({std::move(*block)});
    }
}

void PolicyBuilder::readEntry(Entry entry, Statements &out) {
  llvm::StringRef key = entry.key->text;
  if (llvm::is_contained(headKeys(*body), key))
    return;
  if (key == "scopes")
    return readScopes(entry, out);
  if (llvm::is_contained(tables::sectionKeys(), key))
    return readSection(values, entry, out);
  for (const BodyRow &row : kBody)
    if (row.key == key)
      return row.read(values, entry, out);
  std::vector<llvm::StringRef> known(headKeys(*body));
  llvm::append_range(known, tables::sectionKeys());
  for (const BodyRow &row : kBody)
    known.push_back(row.key);
  known.push_back("scopes");
  values.reportUnknown(*entry.key, body == &root ? "a policy" : "a scope",
                       known);
}

/// Reads one table; the scopes in it have to wait until its list of statements
/// is complete, for only then does it stay where it is.
void PolicyBuilder::readBody(Pending pending) {
  body = pending.table;
  scopes.clear();
  for (Entry entry : values.entries(*pending.table, "the file"))
    readEntry(entry, *pending.out);
  for (auto [index, table] : scopes) {
    auto &block = std::get<syntax::ScopeBlock>((*pending.out)[index].value);
    waiting.push_back({table, &block.statements});
  }
}

syntax::File PolicyBuilder::build() {
  if (root.kind != Node::Kind::Mapping) {
    values.reportShape(root, "policy", "a table of keys");
    return {};
  }
  readHead();
  waiting.push_back({&root, &file.policy.statements});
  while (!waiting.empty()) {
    Pending next = waiting.back();
    waiting.pop_back();
    readBody(next);
  }
  return std::move(file);
}

std::optional<syntax::File> buildFromTables(const tables::Tables &tables,
                                            const tables::Reading &reading) {
  size_t before = reading.diags.errors();
  syntax::File file = PolicyBuilder(tables, reading.diags).build();
  if (reading.diags.errors() != before)
    return std::nullopt;
  return file;
}

} // namespace srt
