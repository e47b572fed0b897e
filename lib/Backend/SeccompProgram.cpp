// lib/Backend/SeccompProgram.cpp: our own generator of filters.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SeccompProgram.h"

#include "lib/Backend/SeccompArgs.h"
#include "lib/Backend/SeccompLayout.h"
#include "lib/Backend/SeccompSearch.h"

namespace srt::backend {

namespace {
/// Where each number that has a name goes on.
using Targets = std::map<uint32_t, NodeId>;
} // namespace

/// The decisions by number; nothing if they are more than a program can hold.
static std::optional<Targets> targetsOf(NodePool &pool, const ir::Plan &plan,
                                        kernel::Arch arch) {
  Targets targets;
  NodeId allowed = pool.ret(kAllow);
  uint64_t work = kMostWork, argBits = kernel::argBits(arch);
  size_t used = 0; // instructions that the program has at least
  for (const ir::SyscallDecision &decision : plan.syscalls) {
    std::optional<uint32_t> number = kernel::syscallNumber(decision.name, arch);
    if (!number)
      continue;
    Outcomes outcomes{allowed, pool.ret(failWith(decision.error)),
                      pool.ret(kNotify)};
    std::optional<NodeId> target =
        decide(pool, formulaOf(decision, argBits), outcomes, work);
    if (target)
      used = std::max(used, pool.reach(*target));
    if (!target || used > kMaxInstructions)
      return std::nullopt;
    targets.insert_or_assign(*number, *target);
  }
  return targets;
}

/// Numbers without a name fail with ENOSYS, as on a kernel that is older than
/// the call. They weigh little: programs hardly ask for them.
static std::vector<Interval> intervalsOf(NodePool &pool,
                                         const Targets &targets) {
  constexpr uint32_t kNamed = 8;
  NodeId unknown = pool.ret(failWith(kEnosys));
  std::vector<Interval> intervals{{0, unknown}};
  for (auto [number, target] : targets) {
    if (intervals.back().first == number)
      intervals.pop_back();
    intervals.push_back({number, target, kNamed});
    if (!targets.count(number + 1))
      intervals.push_back({number + 1, unknown});
  }
  return intervals;
}

/// The front of every program (struct seccomp_data: nr at 0, arch at 4).
///       ld   [4]
///       jeq  #AUDIT_ARCH, 1, 0
///       ret  KILL_PROCESS            ; int $0x80, compat tasks
///       ld   [0]
///       jset #0x40000000, 0, 1       ; x86_64 only: x32 calls
///       ret  KILL_PROCESS
static NodeId behindFront(NodePool &pool, kernel::Arch arch, NodeId tree) {
  NodeId kill = pool.ret(kKillProcess);
  if (arch == kernel::Arch::X86_64)
    tree = pool.test(kJset, kX32Bit, kill, tree);
  NodeId native = pool.load(0, tree);
  return pool.load(
      4, pool.test(kJeq, kernel::auditArch(arch), native, kill));
}

llvm::Expected<std::vector<Instruction>> ownProgram(const ir::Plan &plan,
                                                    kernel::Arch arch) {
  NodePool pool;
  std::optional<Targets> targets = targetsOf(pool, plan, arch);
  if (!targets)
    return llvm::make_error<FilterTooLong>(arch, kMaxInstructions + 1);
  NodeId tree = searchTree(pool, intervalsOf(pool, *targets));
  return layOut(pool, behindFront(pool, arch, tree));
}

} // namespace srt::backend
