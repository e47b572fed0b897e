// lib/Backend/SeccompParts.cpp: a filter composed of libseccomp's parts.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SeccompParts.h"

#include "lib/Backend/SeccompLibrary.h"
#include "lib/Backend/SeccompRules.h"
#include "lib/Backend/SeccompShape.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::backend {

using Program = std::vector<Instruction>;

static uint32_t highestNumber(kernel::Arch arch) {
  int32_t highest = 0;
  for (const kernel::Syscall &syscall : kernel::allSyscalls())
    highest = std::max(highest, syscall.numbers[size_t(arch)]);
  return uint32_t(highest);
}

/// The front of every program (struct seccomp_data: nr at 0, arch at 4).
///       ld   [4]
///       jeq  #AUDIT_ARCH, 1, 0
///       ret  KILL_PROCESS            ; int $0x80, compat tasks
///       ld   [0]
///       jset #0x40000000, 0, 1       ; x86_64 only: x32 calls
///       ret  KILL_PROCESS
///       jgt  #highest, 0, 1          ; newer than the compiler: the C library
///       ret  ERRNO(ENOSYS)           ; falls back as on an older kernel
static Program front(kernel::Arch arch) {
  Program program{{kLoad, 0, 0, 4},
                  {kJeq, 1, 0, kernel::auditArch(arch)},
                  {kReturn, 0, 0, kKillProcess},
                  {kLoad, 0, 0, 0}};
  if (arch == kernel::Arch::X86_64) {
    program.push_back({kJset, 0, 1, kX32Bit});
    program.push_back({kReturn, 0, 0, kKillProcess});
  }
  program.push_back({kJgt, 0, 1, highestNumber(arch)});
  program.push_back({kReturn, 0, 0, failWith(kEnosys)});
  return program;
}

/// What a fragment returns where the next one is to be asked. We emit no TRACE
/// of our own, and libseccomp takes it on any host.
static constexpr uint32_t kGoOn = 0x7ff00000;

/// Makes every `ret kGoOn` of a fragment go on behind its end instead.
/// Ensures: every other jump stays as it is.
static void fallThrough(Program &fragment) {
  if (fragment.back() == Instruction{kReturn, 0, 0, kGoOn})
    fragment.pop_back();
  size_t size = fragment.size();
  for (size_t at = 0; at < size; ++at)
    if (fragment[at].code == kReturn && fragment[at].k == kGoOn)
      fragment[at] = {kJump, 0, 0, uint32_t(size - at - 1)};
}

/// Appends the rules of one number, a fragment for each:
///       jeq  #number, 1, 0           ; A holds the number here
///       ja   past                    ; and still does at `past`
///       <rule 1: ret its action, or go on>
///       ...
///       ret  otherwise
///   past:
static llvm::Error appendChain(Program &program, kernel::Arch arch,
                               const SeccompChain &chain) {
  program.push_back({kJeq, 1, 0, chain.number});
  size_t jump = program.size();
  program.push_back({kJump, 0, 0, 0});
  for (const SeccompRule &rule : chain.rules) {
    llvm::Expected<Program> fragment = compileRules(rule, kGoOn);
    if (!fragment)
      return fragment.takeError();
    fallThrough(*fragment);
    llvm::append_range(program, *fragment);
    // A hostile policy must not have us build what no kernel takes.
    if (program.size() > kMaxInstructions)
      return llvm::make_error<FilterTooLong>(arch, program.size());
  }
  program.push_back({kReturn, 0, 0, chain.otherwise});
  program[jump].k = uint32_t(program.size() - jump - 1);
  return llvm::Error::success();
}

/// Appends the tree over the numbers. Those that have a chain go on behind it,
/// all others are settled: at the start the kernel walks the program for every
/// number (kernel/seccomp.c:seccomp_cache_prepare_bitmap, v6.12), and so only
/// few of these walks get to the chains.
static llvm::Error appendTree(Program &program, const SeccompRules &rules) {
  std::vector<SeccompRule> plain = rules.plain;
  for (const SeccompChain &chain : rules.chains)
    plain.push_back({chain.number, kGoOn, {}});
  llvm::Expected<Program> tree = compileRules(plain, failWith(kEnosys));
  if (!tree)
    return tree.takeError();
  fallThrough(*tree);
  llvm::append_range(program, *tree);
  return llvm::Error::success();
}

/// Appends all chains. No number gets past the last one; if one did, it would
/// have to fail.
static llvm::Error appendChains(Program &program, kernel::Arch arch,
                                llvm::ArrayRef<SeccompChain> chains) {
  // libseccomp's tree may have looked at something else than the number.
  program.push_back({kLoad, 0, 0, 0});
  for (const SeccompChain &chain : chains)
    if (llvm::Error error = appendChain(program, arch, chain))
      return error;
  program.push_back({kReturn, 0, 0, failWith(kEperm)});
  return llvm::Error::success();
}

llvm::Expected<Program> libraryProgram(const ir::Plan &plan,
                                       kernel::Arch arch) {
  llvm::Expected<SeccompRules> rules = rulesOf(plan, arch);
  if (!rules)
    return rules.takeError();
  Program program = front(arch);
  if (llvm::Error error = appendTree(program, *rules))
    return error;
  if (!rules->chains.empty())
    if (llvm::Error error = appendChains(program, arch, rules->chains))
      return error;
  return program;
}

} // namespace srt::backend
