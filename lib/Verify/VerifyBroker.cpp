// lib/Verify/VerifyBroker.cpp: the broker's part of a bundle against the policy.
// SPDX-License-Identifier: Apache-2.0
//
// Two questions. Do the tables say what the policy says, of every path? And
// does the filter let anything that takes a mediated action go past the broker?
// The filter itself was held against the plan, of all calls (VerifyFilters.cpp);
// here calls that stand for each action are put to it.
#include "lib/Verify/Verify.h"

#include "lib/Analysis/Clauses.h"
#include "lib/Sim/BrokerModel.h"
#include "lib/Sim/EvalBundle.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::verify {

using ir::ActionId;

static uint64_t actionsOf(uint32_t acts) {
  uint64_t actions = 0;
  for (ActionId leaf : ir::leafActions())
    if (uint32_t act = sim::actOf(leaf); act != 0 && (acts & act))
      actions |= bitOf(leaf);
  return actions;
}

static ir::Effect effectOf(uint32_t effect) {
  if (effect == SRT_EFFECT_ALLOW)
    return ir::Effect::Allow;
  return effect == SRT_EFFECT_ASK ? ir::Effect::Ask : ir::Effect::Deny;
}

/// The anchors by the params' order in the policy, paths as words.
static std::vector<Anchor> anchorsOf(const sim::Bundle &bundle,
                                     const ir::Policy &policy) {
  const srt_view &view = bundle.view();
  std::vector<Anchor> anchors;
  for (uint32_t i = 0; i < view.anchor_count; ++i) {
    Anchor &anchor = anchors.emplace_back();
    const srt_place &place = view.anchors[i].place;
    for (uint32_t j = 0; place.base != SRT_NONE && j < policy.params.size(); ++j)
      if (policy.params[j].name ==
          bundle.text(view.params[place.base].name))
        anchor.base = ir::ParamId{j};
    llvm::StringRef path = bundle.text(place.path);
    anchor.start = i;
    if (view.anchors[i].kind == SRT_ANCHOR_COMMAND) {
      anchor.kind = Anchor::Kind::Command;
      anchor.path = path.str();
      continue;
    }
    path.consume_front("/");
    anchor.path = path.empty() ? "" : "/" + path.str();
  }
  return anchors;
}

static automata::Packed automatonOf(const srt_view &view) {
  automata::Packed packed;
  llvm::copy(view.mediation->classes, packed.classOf.begin());
  for (uint32_t i = 0; i < view.row_count; ++i)
    packed.rows.push_back(
        {view.rows[i].first_move, view.rows[i].otherwise, view.rows[i].label});
  packed.moves.assign(view.moves, view.moves + view.move_count);
  for (uint32_t i = 0; i < view.anchor_count; ++i)
    packed.starts.push_back(view.anchors[i].row);
  return packed;
}

static PathLabel labelOf(const srt_view &view, const srt_label &label) {
  PathLabel out;
  out.outcome = {actionsOf(label.allowed), actionsOf(label.asked),
                 actionsOf(label.denied)};
  const uint32_t *half = view.halves + label.first_half;
  out.patterns.assign(half, half + label.pattern_count);
  half += label.pattern_count;
  out.excepts.assign(half, half + label.except_count);
  return out;
}

/// What the bytes say, in the form that the verifier takes. Denies and
/// questions are named if any pair is one of which no except counts.
static PathTables tablesOf(const sim::Bundle &bundle,
                           const ir::Policy &policy) {
  const srt_view &view = bundle.view();
  PathTables tables;
  if (view.mediation->actions & SRT_ACT_EXEC)
    tables.programs = Programs::With;
  tables.anchors = anchorsOf(bundle, policy);
  tables.automaton = automatonOf(view);
  for (uint32_t i = 0; i < view.label_count; ++i)
    tables.labels.push_back(labelOf(view, view.labels[i]));
  for (uint32_t i = 0; i < view.pair_count; ++i) {
    const srt_pair &pair = view.pairs[i];
    tables.pairs.push_back(
        {effectOf(pair.effect), actionsOf(pair.actions), {pair.rule}});
    bool isCut = !policy.rules[pair.rule].excepts.empty();
    if (pair.effect != SRT_EFFECT_ALLOW && !isCut)
      tables.denies = DenyNames::Kept;
  }
  return tables;
}

/// The rules on what the broker judges, in their places.
static ir::Policy judgedPart(const ir::Plan &plan) {
  ir::Policy policy = withoutAccepted(plan);
  for (ir::Rule &rule : policy.rules) {
    llvm::SmallVector<ActionId, 2> judged;
    for (ActionId leaf : plan.mediated)
      if ((actionBits(rule) & bitOf(leaf)) != 0)
        judged.push_back(leaf);
    bool isIdle = judged.empty() || rule.patterns.empty();
    if (isIdle)
      rule.excepts.clear();
    if (isIdle)
      rule.patterns.clear();
    else
      rule.actions = judged;
  }
  return policy;
}

namespace {
/// A call that takes an action, whatever its pointers lead to.
struct Taking {
  ActionId leaf;
  llvm::StringRef name;
  uint64_t args[6] = {};
};
} // namespace

/// include/uapi/asm-generic/fcntl.h, v6.12: O_WRONLY 1, O_RDWR 2, O_CREAT 0x40,
/// O_TRUNC 0x200, O_TMPFILE 0x410000 (with O_DIRECTORY).
static std::vector<Taking> openings(llvm::StringRef name, unsigned flags) {
  std::vector<Taking> all;
  auto add = [&](ActionId leaf, uint64_t value) {
    all.push_back({leaf, name});
    all.back().args[flags] = value;
  };
  for (uint64_t more : {0x0, 0x400, 0x800, 0x10000, 0x20000, 0x80000, 0x101000}) {
    for (uint64_t access : {0, 2})
      for (ActionId leaf : {ActionId::ReadData, ActionId::ReadList})
        add(leaf, access | more);
    for (uint64_t access : {1, 2, 0x200, 0x201, 0x202})
      add(ActionId::WriteData, access | more);
    for (uint64_t access : {0, 1, 2})
      for (uint64_t making : {0x40, 0xc0, 0x400000, 0x410000})
        add(ActionId::WriteCreate, access | making | more);
  }
  return all;
}

/// open(2) apart, whose flags say what it takes.
static std::vector<Taking> takings() {
  std::vector<Taking> all = openings("open", 1);
  llvm::append_range(all, openings("openat", 2));
  static constexpr uint64_t kNodes[] = {0x8000, 0x1000, 0xc000, 0x2000, 0x6000};
  for (uint64_t mode : kNodes) {
    all.push_back({ActionId::WriteSpecial, "mknod", {0, mode, 0x103}});
    all.push_back({ActionId::WriteSpecial, "mknodat", {0, 0, mode}});
    all.push_back({ActionId::WriteCreate, "mknod", {0, mode, 0x103}});
    all.push_back({ActionId::WriteCreate, "mknodat", {0, 0, mode}});
  }
  for (llvm::StringRef name : {"creat", "truncate"})
    all.push_back({ActionId::WriteData, name});
  for (llvm::StringRef name : {"creat", "mkdir", "mkdirat", "symlink", "symlinkat"})
    all.push_back({ActionId::WriteCreate, name});
  for (llvm::StringRef name : {"unlink", "unlinkat", "rmdir"})
    all.push_back({ActionId::WriteDelete, name});
  for (llvm::StringRef name :
       {"rename", "renameat", "renameat2", "symlink", "symlinkat"})
    all.push_back({ActionId::WriteRename, name});
  for (llvm::StringRef name : {"link", "linkat"})
    all.push_back({ActionId::WriteLink, name});
  all.push_back({ActionId::ReadList, "inotify_add_watch"});
  for (llvm::StringRef name : {"execve", "execveat"})
    all.push_back({ActionId::Exec, name});
  for (llvm::StringRef name :
       {"chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown",
        "fchownat", "utime", "utimes", "futimesat", "utimensat", "setxattr",
        "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr",
        "fremovexattr", "removexattrat", "file_setattr"})
    all.push_back({ActionId::WriteMetadata, name});
  return all;
}

/// True if the filter lets the call through without a word.
static bool isPast(const sim::Bundle &bundle, kernel::Arch arch,
                   const Taking &call) {
  std::optional<uint32_t> number = kernel::syscallNumber(call.name, arch);
  sim::SeccompData data;
  data.nr = int32_t(number.value_or(0));
  data.arch = kernel::auditArch(arch);
  llvm::copy(call.args, data.args);
  return number && sim::permitsNumber(bundle, arch, data);
}

/// Calls that reach or are reached, and options that lead elsewhere.
static std::vector<Taking> socketTakings(const ir::NetworkUse &use) {
  std::vector<Taking> all;
  for (uint64_t fd : {0, 3, 1000})
    for (uint64_t size : {16, 28, 110}) {
      all.push_back({ActionId::Connect, "connect", {fd, 0x1000, size}});
      all.push_back({ActionId::Bind, "bind", {fd, 0x1000, size}});
      all.push_back({ActionId::Bind, "listen", {fd, size}});
    }
  for (uint64_t flags : {0, 0x40, 0x4000, 0x20000000}) {
    all.push_back({ActionId::Send, "sendto", {3, 0x1000, 1, flags, 0x2000, 16}});
    all.push_back({ActionId::Send, "sendmsg", {3, 0x1000, flags}});
    all.push_back({ActionId::Send, "sendmmsg", {3, 0x1000, 1, flags}});
  }
  if (use.names) {
    all.push_back({ActionId::Connect, "recvfrom", {3, 0x1000, 1, 0, 0x2000, 16}});
    all.push_back({ActionId::Connect, "recvmsg", {3, 0x1000}});
    all.push_back({ActionId::Connect, "getpeername", {3, 0x1000, 0x2000}});
  }
  for (uint64_t name : {3, 4, 5, 6, 54, 55, 57, 59})
    all.push_back({ActionId::Connect, "setsockopt", {3, 41, name}});
  all.push_back({ActionId::Connect, "setsockopt", {3, 0, 4}});
  return all;
}

/// A socket of UDP can be had.
static bool hasDatagrams(const sim::Bundle &bundle, kernel::Arch arch) {
  for (uint64_t domain : {2, 10})
    for (uint64_t protocol : {0, 17})
      if (isPast(bundle, arch,
                 {ActionId::Send, "socket", {domain, 2, protocol}}))
        return true;
  return false;
}

/// What takes files or sockets where nobody sees it must be refused at all times.
static void addHidden(std::vector<Taking> &calls, ActionId leaf) {
  for (llvm::StringRef name :
       {"openat2", "open_by_handle_at", "io_uring_setup", "clone3", "unshare",
        "setns", "chroot", "uselib", "landlock_restrict_self"})
    calls.push_back({leaf, name});
}

static Result checkCalls(const ir::Plan &plan, const sim::Bundle &bundle) {
  std::vector<Taking> calls = takings();
  llvm::erase_if(calls, [&](const Taking &call) {
    return !llvm::is_contained(plan.mediated, call.leaf);
  });
  if (plan.network)
    llvm::append_range(calls, socketTakings(*plan.network));
  addHidden(calls, plan.network ? ActionId::Connect : plan.mediated.front());
  for (kernel::Arch arch : plan.archs)
    for (const Taking &call : calls)
      if (isPast(bundle, arch, call) &&
          (call.leaf != ActionId::Send || hasDatagrams(bundle, arch)))
        return {Counterexample{
                    Counterexample::Kind::Wider,
                    "syscall " + call.name.str() + " on " +
                        kernel::archName(arch).str(),
                    ir::spelling(call.leaf).str() +
                        " is the broker's to judge, and the filter lets the "
                        "call past it"},
                true};
  return {};
}

static Result differing(llvm::StringRef why) {
  return {Counterexample{Counterexample::Kind::Otherwise, "any path", why.str()},
          true};
}

Result verifyBroker(const ir::Plan &plan, const sim::Bundle &bundle) {
  const srt_mediation *mediation = bundle.view().mediation;
  if (plan.hasBroker() != (mediation != nullptr))
    return differing("only one of plan and bundle has a broker");
  if (!mediation)
    return {};
  uint32_t acts = 0;
  for (ActionId leaf : plan.mediated)
    acts |= sim::actOf(leaf);
  if (acts != mediation->actions || plan.mediatedFs != mediation->rights)
    return differing("plan and bundle differ in what the broker judges");
  Result calls = checkCalls(plan, bundle);
  if (calls.counterexample)
    return calls;
  Result endpoints = verifyEndpoints(plan, bundle);
  if (endpoints.counterexample || plan.mediated.empty())
    return endpoints;
  ir::Policy policy = judgedPart(plan);
  return verifyTables(policy, tablesOf(bundle, policy));
}

} // namespace srt::verify
