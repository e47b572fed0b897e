// lib/Backend/BrokerTables.cpp: path tables in the layout of a bundle.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/BrokerTables.h"

#include "lib/Analysis/PathTables.h"
#include "lib/Backend/EndpointTables.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::backend {

char TablesTooLarge::ID = 0;

void TablesTooLarge::log(llvm::raw_ostream &out) const {
  out << "the rules need more than the broker's tables hold";
}

std::error_code TablesTooLarge::convertToErrorCode() const {
  return llvm::inconvertibleErrorCode();
}

namespace {
struct ActRow {
  ir::ActionId leaf;
  uint32_t act;
};
} // namespace

static constexpr ActRow kActs[] = {
    {ir::ActionId::ReadData, SRT_ACT_READ_DATA},
    {ir::ActionId::ReadList, SRT_ACT_READ_LIST},
    {ir::ActionId::ReadMetadata, SRT_ACT_READ_METADATA},
    {ir::ActionId::WriteData, SRT_ACT_WRITE_DATA},
    {ir::ActionId::WriteCreate, SRT_ACT_WRITE_CREATE},
    {ir::ActionId::WriteDelete, SRT_ACT_WRITE_DELETE},
    {ir::ActionId::WriteRename, SRT_ACT_WRITE_RENAME},
    {ir::ActionId::WriteLink, SRT_ACT_WRITE_LINK},
    {ir::ActionId::WriteMetadata, SRT_ACT_WRITE_METADATA},
    {ir::ActionId::WriteSpecial, SRT_ACT_WRITE_SPECIAL},
    {ir::ActionId::Ioctl, SRT_ACT_IOCTL},
    {ir::ActionId::Exec, SRT_ACT_EXEC},
    {ir::ActionId::Connect, SRT_ACT_CONNECT},
    {ir::ActionId::Bind, SRT_ACT_BIND},
    {ir::ActionId::Send, SRT_ACT_SEND},
};

/// SRT_ACT_* of the leaf actions in a set of ir::ActionId bits; the broker
/// knows no others.
static uint32_t actsOf(uint64_t actions) {
  uint32_t acts = 0;
  for (const ActRow &row : kActs)
    if (actions & bitOf(row.leaf))
      acts |= row.act;
  return acts;
}

bool isGivenUp(const ir::Plan &plan, ir::RuleId id) {
  return plan.policy.rule(id).effect == ir::Effect::Deny &&
         llvm::any_of(plan.accepted, [&](const ir::AcceptedWider &accepted) {
           return accepted.rule == id;
         });
}

/// The rules that the broker judges by, on what it judges, under the ids that
/// they have: rules on other things stay in their places without a word.
static ir::Policy judgedPart(const ir::Plan &plan) {
  ir::Policy policy = plan.policy;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    ir::Rule &rule = policy.rules[i];
    llvm::SmallVector<ir::ActionId, 2> judged;
    for (ir::ActionId leaf : plan.mediated)
      if (actionBits(rule) & bitOf(leaf))
        judged.push_back(leaf);
    if (isGivenUp(plan, {i}) || judged.empty()) {
      rule.patterns.clear();
      rule.excepts.clear();
    } else {
      rule.actions = judged;
    }
  }
  return policy;
}

/// States before they are minimised: some seconds, if a policy asks for them.
static constexpr uint64_t kMostStates = 2 * SRT_MAX_RECORDS;
/// The same for names in messages, which are worth less: states times patterns,
/// for each state of `**/name` patterns remembers how far all of them are.
static constexpr uint64_t kMostForNames = 64'000'000;

static uint64_t mostStates(const ir::Policy &policy, DenyNames denies) {
  uint64_t patterns = 1;
  for (const ir::Rule &rule : policy.rules)
    patterns += rule.patterns.size();
  return denies == DenyNames::Kept
             ? std::min(kMostStates, kMostForNames / patterns)
             : kMostStates;
}

/// With the names of denies if that fits, for messages; without otherwise.
static std::optional<PathTables> tablesFor(const ir::Policy &policy,
                                           Programs programs) {
  for (DenyNames denies : {DenyNames::Kept, DenyNames::Dropped}) {
    automata::Budget budget(mostStates(policy, denies));
    std::optional<PathTables> tables = buildPathTables(policy, budget, denies, programs);
    bool fits = tables && tables->pairs.size() <= SRT_MAX_PAIRS &&
                tables->automaton.rows.size() <= SRT_MAX_RECORDS &&
                tables->automaton.moves.size() <= SRT_MAX_RECORDS;
    if (fits)
      return tables;
  }
  return std::nullopt;
}

/// The first rule that no table has room for even if it were the only one.
static std::optional<ir::RuleId> greediestOf(const ir::Policy &policy,
                                             Programs programs) {
  ir::Policy alone;
  alone.params = policy.params;
  for (uint32_t i = 0; i < policy.rules.size(); ++i) {
    alone.rules = {policy.rules[i]};
    if (!tablesFor(alone, programs))
      return ir::RuleId{i};
  }
  return std::nullopt;
}

uint8_t effectOf(ir::Effect effect) {
  switch (effect) {
  case ir::Effect::Allow:
    return SRT_EFFECT_ALLOW;
  case ir::Effect::Ask:
    return SRT_EFFECT_ASK;
  case ir::Effect::Deny:
    return SRT_EFFECT_DENY;
  }
  llvm_unreachable("unknown effect");
}

/// A broker that judges no path has an automaton that says nothing.
static void fillEmpty(BrokerTables &out) {
  out.mediation.emplace_back();
  out.rows.emplace_back();
  out.labels.emplace_back();
}

static void fillMediation(BrokerTables &out, const ir::Plan &plan,
                          const PathTables &tables) {
  uint64_t actions = 0;
  for (ir::ActionId leaf : plan.mediated)
    actions |= bitOf(leaf);
  srt_mediation &record = out.mediation.emplace_back();
  record.actions = actsOf(actions);
  record.rights = plan.mediatedFs;
  llvm::copy(tables.automaton.classOf, record.classes);
}

/// In the bundle a place without a base is absolute and one with a base has no
/// slash in front.
static void fillAnchors(BrokerTables &out, const PathTables &tables,
                        BundleStrings &strings) {
  for (const Anchor &anchor : tables.anchors) {
    llvm::StringRef path = anchor.path;
    bool isCommand = anchor.kind == Anchor::Kind::Command;
    if (isCommand)
      ; // a bare name stays as it is
    else if (!anchor.base && path.empty())
      path = "/";
    else if (anchor.base)
      path.consume_front("/");
    srt_place place{anchor.base ? anchor.base->value : SRT_NONE, SRT_NONE,
                    strings.add(path)};
    out.anchors.push_back({place, tables.automaton.starts[anchor.start],
                           isCommand ? SRT_ANCHOR_COMMAND : SRT_ANCHOR_PLACE});
  }
}

static void fillLabels(BrokerTables &out, const PathTables &tables) {
  for (const PathLabel &label : tables.labels) {
    out.labels.push_back({actsOf(label.outcome.allowed),
                          actsOf(label.outcome.asked),
                          actsOf(label.outcome.denied),
                          uint32_t(out.halves.size()),
                          uint32_t(label.patterns.size()),
                          uint32_t(label.excepts.size())});
    llvm::append_range(out.halves, label.patterns);
    llvm::append_range(out.halves, label.excepts);
  }
  for (const PathPair &pair : tables.pairs)
    out.pairs.push_back(
        {effectOf(pair.effect), actsOf(pair.actions), pair.rule.value, 0});
}

static llvm::Error fillPaths(BrokerTables &out, const ir::Plan &plan,
                             BundleStrings &strings) {
  Programs programs = llvm::is_contained(plan.mediated, ir::ActionId::Exec)
                          ? Programs::With
                          : Programs::Without;
  ir::Policy judged = judgedPart(plan);
  std::optional<PathTables> tables = tablesFor(judged, programs);
  if (!tables)
    return llvm::make_error<TablesTooLarge>(TablesTooLarge::What::Paths,
                                            greediestOf(judged, programs));
  fillMediation(out, plan, *tables);
  fillAnchors(out, *tables, strings);
  for (const automata::PackedRow &row : tables->automaton.rows)
    out.rows.push_back({row.firstMove, row.otherwise, row.label});
  out.moves = tables->automaton.moves;
  fillLabels(out, *tables);
  return llvm::Error::success();
}

llvm::Expected<BrokerTables> brokerTablesOf(const ir::Plan &plan,
                                            BundleStrings &strings) {
  BrokerTables out;
  if (!plan.mediated.empty()) {
    if (llvm::Error error = fillPaths(out, plan, strings))
      return error;
  } else if (plan.network) {
    fillEmpty(out);
  }
  if (plan.network)
    if (llvm::Error error = fillEndpoints(out, plan, strings))
      return error;
  return out;
}

} // namespace srt::backend
