// lib/Backend/SbplProfile.cpp: the grants and denies of every operation.
// SPDX-License-Identifier: Apache-2.0
//
// Within one operation the last filtered rule that matches decides. So all
// grants come first and all denies after them, on the same operations: that is
// "deny beats allow", whatever the order of the policy.
#include "lib/Backend/SbplProfile.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::backend {

namespace {
/// One row of SbplOps.def. `extra` narrows the filters of every rule.
struct Row {
  std::string operations;
  Guard guard;
  Channel channel;
  std::vector<ir::ActionId> actions;
  std::string extra;
};
using RuleRefs = std::vector<const SbplRule *>;
} // namespace

std::string line(llvm::StringRef verb, llvm::StringRef operations, Guard guard,
                 llvm::ArrayRef<std::string> filters, llvm::StringRef comment) {
  std::string rule = form((verb + " " + operations).str(), filters);
  if (guard == Guard::Defined)
    rule = "(if (defined? '" + operations.str() + ") " + rule + ")";
  return rule + " ; " + comment.str() + "\n";
}

static bool speaksOf(const SbplRule &rule, ir::ActionId leaf) {
  return llvm::is_contained(rule.leaves, leaf);
}

/// True if some rule tells reading a file from listing a directory.
static bool tellsReadFromList(llvm::ArrayRef<SbplRule> rules) {
  return llvm::any_of(rules, [](const SbplRule &rule) {
    return speaksOf(rule, ir::ActionId::ReadData) !=
           speaksOf(rule, ir::ActionId::ReadList);
  });
}

/// SbplOps.def, with file-read-data split by the type of the file where the
/// policy treats files and directories differently.
static std::vector<Row> rowsFor(llvm::ArrayRef<SbplRule> rules) {
  using enum ir::ActionId;
  std::vector<Row> rows = {
#define SRT_SBPL_OPS(operations, guard, channel, ...)                          \
  {operations, Guard::guard, Channel::channel, {__VA_ARGS__}, ""},
#include "lib/Backend/SbplOps.def"
  };
  if (!tellsReadFromList(rules))
    return rows;
  rows.front().actions = {ReadData};
  rows.front().extra = "(require-not (vnode-type DIRECTORY))";
  Row list = rows.front();
  list.actions = {ReadList};
  list.extra = "(vnode-type DIRECTORY)";
  rows.insert(rows.begin() + 1, list);
  return rows;
}

/// The rules of that effect that speak of `leaf` on the row's channel.
static RuleRefs rulesFor(llvm::ArrayRef<SbplRule> rules, ir::Effect effect,
                         ir::ActionId leaf, Channel channel) {
  RuleRefs found;
  for (const SbplRule &rule : rules)
    if (rule.effect == effect && speaksOf(rule, leaf) &&
        !rule.filters[size_t(channel)].empty())
      found.push_back(&rule);
  return found;
}

static std::vector<std::string> withExtra(const Row &row,
                                          std::vector<std::string> filters) {
  if (row.extra.empty())
    return filters;
  return {form("require-all", {anyOf(filters), row.extra})};
}

static void appendPlainGrants(const Row &row, const RuleRefs &rules,
                              std::string &text) {
  for (const SbplRule *rule : rules)
    text += line("allow", row.operations, row.guard,
                 withExtra(row, rule->filters[size_t(row.channel)]),
                 ir::ruleName(rule->id));
}

/// Grants the row where, for each of its actions, some rule allows it.
static void appendCommonGrant(const Row &row, llvm::ArrayRef<RuleRefs> byAction,
                              std::string &text) {
  std::vector<std::string> all;
  std::string names;
  for (const RuleRefs &rules : byAction) {
    std::vector<std::string> any;
    for (const SbplRule *rule : rules) {
      llvm::append_range(any, rule->filters[size_t(row.channel)]);
      names += (names.empty() ? "" : " ") + ir::ruleName(rule->id);
    }
    all.push_back(anyOf(any));
  }
  text += line("allow", row.operations, row.guard, {form("require-all", all)},
               names + ", where they meet");
}

/// Reports the rules that allow only part of what the operation carries out.
static void refusePart(const ir::Policy &policy, const Row &row,
                       llvm::ArrayRef<RuleRefs> byAction,
                       DiagnosticEngine &diags) {
  size_t missing = 0;
  while (!byAction[missing].empty())
    ++missing;
  std::string why = ("macOS has one operation for it and `" +
                     ir::spelling(row.actions[missing]) +
                     "`, which no rule allows; allow both")
                        .str();
  for (const RuleRefs &rules : byAction) {
    if (rules.empty())
      continue;
    refuseInSeatbelt(policy, policy.rule(rules.front()->id), nullptr, why,
                     diags);
    return;
  }
}

void appendGrants(const ir::Policy &policy, llvm::ArrayRef<SbplRule> rules,
                  DiagnosticEngine &diags, std::string &text) {
  for (const Row &row : rowsFor(rules)) {
    std::vector<RuleRefs> byAction;
    for (ir::ActionId leaf : row.actions)
      byAction.push_back(rulesFor(rules, ir::Effect::Allow, leaf, row.channel));
    auto isEmpty = [](const RuleRefs &refs) { return refs.empty(); };
    if (llvm::all_equal(byAction))
      appendPlainGrants(row, byAction.front(), text);
    else if (llvm::any_of(byAction, isEmpty))
      refusePart(policy, row, byAction, diags);
    else
      appendCommonGrant(row, byAction, text);
  }
}

/// "R3", or with the actions that the operation takes along.
static std::string denyComment(const Row &row, const SbplRule &rule) {
  std::string comment = ir::ruleName(rule.id);
  for (ir::ActionId leaf : row.actions)
    if (!speaksOf(rule, leaf))
      comment += ", narrower: takes along " + ir::spelling(leaf).str();
  return comment;
}

void appendDenies(llvm::ArrayRef<SbplRule> rules, std::string &text) {
  for (const Row &row : rowsFor(rules))
    for (const SbplRule &rule : rules) {
      const auto &filters = rule.filters[size_t(row.channel)];
      bool isConcerned = llvm::any_of(
          row.actions, [&](ir::ActionId leaf) { return speaksOf(rule, leaf); });
      if (rule.effect == ir::Effect::Deny && isConcerned && !filters.empty())
        text += line("deny", row.operations, row.guard, withExtra(row, filters),
                     denyComment(row, rule));
    }
}

void appendShut(std::string &text) {
  for (const Row &row : rowsFor({}))
    if (row.channel == Channel::Path || row.channel == Channel::Program)
      text += line("deny", row.operations, row.guard,
                   {"(subpath \"/System/Volumes/Data\")"},
                   "narrower: every path has a second spelling here");
}

} // namespace srt::backend
