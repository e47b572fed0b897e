// lib/Parse/TableRules.cpp: allow, deny and ask in tables.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/TableRules.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::tables {

namespace {
struct SectionRow {
  llvm::StringRef key;
  llvm::StringRef item;
  llvm::StringRef items;
};

/// May an item of the list name other actions?
enum class Choice : uint8_t { Open, Fixed };

struct ListRow {
  llvm::StringRef section;
  llvm::StringRef key;
  ir::Effect effect;
  llvm::StringRef actions; // divided by spaces
  Choice choice;
};

const SectionRow kSections[] = {
#define SRT_TABLE_SECTION(key, item, items) {key, item, items},
#include "lib/Parse/TableKeys.def"
};

const ListRow kLists[] = {
#define SRT_TABLE_LIST(section, key, effect, actions, choice)                  \
  {section, key, ir::Effect::effect, actions, Choice::choice},
#include "lib/Parse/TableKeys.def"
};

const llvm::StringRef kSectionKeys[] = {
#define SRT_TABLE_SECTION(key, item, items) key,
#include "lib/Parse/TableKeys.def"
};

/// The values of one rule, before its actions say how to read its patterns.
struct Draft {
  syntax::AccessRule rule;
  Entry patterns;
  Entry except;
  Entry sealed;
};
} // namespace

llvm::ArrayRef<llvm::StringRef> sectionKeys() { return kSectionKeys; }

static std::vector<syntax::Word> readActions(const Values &values,
                                             Entry entry) {
  std::vector<syntax::Word> actions;
  for (const Node *item : values.items(*entry.value))
    if (std::optional<syntax::Word> word = values.word(*item, entry.key->text))
      actions.push_back(std::move(*word));
  return actions;
}

static std::vector<syntax::Literal>
readPatterns(const Values &values, Entry entry, llvm::StringRef action) {
  std::vector<syntax::Literal> patterns;
  for (const Node *item : values.items(*entry.value))
    if (std::optional<syntax::Literal> literal =
            values.resource(*item, entry.key->text, action))
      patterns.push_back(std::move(*literal));
  return patterns;
}

/// Adds the statement, unless it speaks of nothing: an empty list says nothing.
static void addDraft(const Values &values, Draft draft, Statements &out) {
  syntax::AccessRule &rule = draft.rule;
  if (rule.actions.empty())
    return; // reported, or a list without actions
  llvm::StringRef action = rule.actions[0].text;
  rule.patterns = readPatterns(values, draft.patterns, action);
  if (draft.except)
    rule.excepts = readPatterns(values, draft.except, action);
  if (draft.sealed && values.truth(*draft.sealed.value, "sealed") == true)
    rule.seal = syntax::AccessRule::Seal::Sealed;
  if (!rule.patterns.empty())
    out.push_back({std::move(rule)});
}

/// One of two keys, of which both together are an error.
static Entry eitherOf(const Values &values, Entry a, Entry b) {
  if (a && b)
    values.reportClash(a, b);
  return a ? a : b;
}

static std::vector<syntax::Word> impliedActions(const ListRow &row,
                                                SourceRange range) {
  llvm::SmallVector<llvm::StringRef, 4> names;
  row.actions.split(names, ' ', -1, /*KeepEmpty=*/false);
  std::vector<syntax::Word> actions;
  for (llvm::StringRef name : names)
    actions.push_back({name.str(), range});
  return actions;
}

/// An item of a list that is a table: a statement of its own.
static void readItem(const Values &values, const ListRow &row, Entry list,
                     const Node &item, Statements &out) {
  auto *section = llvm::find_if(
      kSections, [&](const SectionRow &s) { return s.key == row.section; });
  std::vector<llvm::StringRef> keys{section->item, section->items, "except",
                                    "sealed"};
  if (row.choice == Choice::Open)
    keys.push_back("actions");
  std::string what = ("an item of " + row.section + "." + row.key).str();
  Values::Fields fields = values.fields(item, what, keys);
  Draft draft{{}, eitherOf(values, fields[0], fields[1]), fields[2], fields[3]};
  draft.rule.effect = row.effect;
  draft.rule.actions = impliedActions(row, list.key->range);
  draft.rule.range = item.range;
  if (!draft.patterns)
    return values.reportMissing(item.range, what, section->items, "");
  if (fields.size() > 4 && fields[4])
    draft.rule.actions = readActions(values, fields[4]);
  else if (row.actions.empty())
    return values.reportMissing(item.range, what, "actions",
                                "write `actions: [read, ...]`");
  addDraft(values, std::move(draft), out);
}

/// All plain items of a list are one statement; those that are tables follow.
static void readList(const Values &values, const ListRow &row, Entry list,
                     Statements &out) {
  syntax::AccessRule plain;
  plain.effect = row.effect;
  plain.actions = impliedActions(row, list.key->range);
  plain.range = list.range();
  std::vector<const Node *> items = values.items(*list.value);
  for (const Node *item : items) {
    if (item->kind == Node::Kind::Mapping)
      continue;
    if (row.actions.empty())
      values.reportShape(*item, list.key->text, "tables with `actions`");
    else if (std::optional<syntax::Literal> literal =
                 values.resource(*item, list.key->text, plain.actions[0].text))
      plain.patterns.push_back(std::move(*literal));
  }
  if (!plain.patterns.empty())
    out.push_back({std::move(plain)});
  for (const Node *item : items)
    if (item->kind == Node::Kind::Mapping)
      readItem(values, row, list, *item, out);
}

void readSection(const Values &values, Entry section, Statements &out) {
  llvm::StringRef name = section.key->text;
  std::vector<llvm::StringRef> known;
  for (const ListRow &row : kLists)
    if (row.section == name)
      known.push_back(row.key);
  for (Entry list : values.entries(*section.value, name)) {
    auto *row = llvm::find_if(kLists, [&](const ListRow &candidate) {
      return candidate.section == name && candidate.key == list.key->text;
    });
    if (row == std::end(kLists))
      values.reportUnknown(*list.key, name, known);
    else
      readList(values, *row, list, out);
  }
}

static void readRule(const Values &values, const Node &item, Statements &out) {
  if (item.kind != Node::Kind::Mapping)
    return values.reportShape(item, "rules", "tables");
  Values::Fields fields = values.fields(
      item, "a rule",
      {"allow", "ask", "deny", "pattern", "patterns", "except", "sealed"});
  constexpr ir::Effect kEffects[] = {ir::Effect::Allow, ir::Effect::Ask,
                                     ir::Effect::Deny};
  Entry effect;
  Draft draft{{}, eitherOf(values, fields[3], fields[4]), fields[5], fields[6]};
  for (size_t i = 0; i < std::size(kEffects); ++i) {
    if (!fields[i])
      continue;
    effect = eitherOf(values, effect, fields[i]);
    draft.rule.effect = kEffects[i];
  }
  draft.rule.range = item.range;
  if (!effect)
    return values.reportMissing(item.range, "a rule", "allow",
                                "a rule has `allow`, `ask` or `deny`");
  if (!draft.patterns)
    return values.reportMissing(item.range, "a rule", "patterns", "");
  draft.rule.actions = readActions(values, effect);
  addDraft(values, std::move(draft), out);
}

void readRules(const Values &values, Entry rules, Statements &out) {
  for (const Node *item : values.items(*rules.value))
    readRule(values, *item, out);
}

} // namespace srt::tables
