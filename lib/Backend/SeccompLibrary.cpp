// lib/Backend/SeccompLibrary.cpp: rules through libseccomp 2.5 and back.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SeccompLibrary.h"

#include "lib/Backend/SeccompShape.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <memory>

namespace srt::backend {

static_assert(kAllow == SCMP_ACT_ALLOW);
static_assert(failWith(kEperm) == SCMP_ACT_ERRNO(kEperm));

namespace {
struct Release {
  void operator()(void *filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;
} // namespace

/// libseccomp reports failures as negative errno values.
static llvm::Error check(int result, const char *step) {
  if (result >= 0)
    return llvm::Error::success();
  return llvm::createStringError(
      std::error_code(-result, std::generic_category()), "libseccomp: %s",
      step);
}

static scmp_arg_cmp comparison(const ir::ArgTest &test) {
  unsigned index = test.index;
  switch (test.op) {
  case ir::ArgTest::Op::Eq:
    if (test.mask != ~uint64_t(0))
      return {index, SCMP_CMP_MASKED_EQ, test.mask, test.operand};
    return {index, SCMP_CMP_EQ, test.operand, 0};
  case ir::ArgTest::Op::Ne:
    return {index, SCMP_CMP_NE, test.operand, 0};
  case ir::ArgTest::Op::Lt:
    return {index, SCMP_CMP_LT, test.operand, 0};
  case ir::ArgTest::Op::Le:
    return {index, SCMP_CMP_LE, test.operand, 0};
  case ir::ArgTest::Op::Gt:
    return {index, SCMP_CMP_GT, test.operand, 0};
  case ir::ArgTest::Op::Ge:
    return {index, SCMP_CMP_GE, test.operand, 0};
  }
  llvm_unreachable("unknown operator");
}

static llvm::Error addRule(const Filter &filter, const SeccompRule &rule) {
  llvm::SmallVector<scmp_arg_cmp, 6> tests;
  for (const ir::ArgTest &test : rule.tests)
    tests.push_back(comparison(test));
  int result = seccomp_rule_add_array(
      filter.get(), rule.action, int(rule.number), tests.size(), tests.data());
  std::string step = "rule for syscall number " + std::to_string(rule.number);
  return check(result, step.c_str());
}

/// The program's bytes. A memfd holds any number of them; a pipe would block.
static llvm::Expected<std::vector<Instruction>> exported(const Filter &filter) {
  int file = memfd_create("srtc-seccomp", MFD_CLOEXEC);
  if (file < 0)
    return llvm::createStringError(
        std::error_code(errno, std::generic_category()), "memfd_create");
  int result = seccomp_export_bpf(filter.get(), file);
  off_t size = lseek(file, 0, SEEK_END);
  std::vector<Instruction> program(size < 0 ? 0 : size / sizeof(Instruction));
  ssize_t bytes = program.size() * sizeof(Instruction);
  bool isWhole =
      size == bytes && pread(file, program.data(), bytes, 0) == bytes;
  close(file);
  if (llvm::Error error = check(result, "export"))
    return error;
  if (!isWhole)
    return llvm::createStringError(std::errc::io_error,
                                   "libseccomp: export is cut short");
  return program;
}

/// Where a program is after its front, which is about the *host's* native
/// architecture (gen_bpf.c:_gen_bpf_build_bpf, v2.5.4); 0 if it has no such
/// front. It stands as below, with `kill` next to the tests if it is far off:
///       ld   [4]
///       jeq  #AUDIT_ARCH, next, kill
///       ld   [0]
///       jge  #0x40000000, next, over      ; x86_64 only
///       jeq  #0xffffffff, over, kill
///   over: (ld [0])                        ; again, before a binary tree
static size_t endOfFront(llvm::ArrayRef<Instruction> program) {
  if (program.size() < 2 || program[0] != Instruction{kLoad, 0, 0, 4} ||
      program[1].code != kJeq || program[1].k != seccomp_arch_native())
    return 0;
  size_t at = 2 + program[1].jt;
  if (at + 2 > program.size() || program[at] != Instruction{kLoad, 0, 0, 0})
    return 0;
  const Instruction &x32 = program[++at];
  bool hasX32 = x32.code == kJge && x32.k == 0x40000000;
  if (hasX32 != (seccomp_arch_native() == SCMP_ARCH_X86_64))
    return 0;
  if (hasX32)
    at += 1 + x32.jf;
  return at < program.size() && program[at] == Instruction{kLoad, 0, 0, 0}
             ? at + 1
             : at;
}

static llvm::Error unknownForm() {
  return llvm::createStringError(std::errc::protocol_error,
                                 "libseccomp: the program has an unknown form");
}

/// Drops the front, and the `kill` at the end that only the front jumps to.
/// Jumps are relative and go forward only, so what stands behind the front
/// never needs it; its tests hold once our own have passed.
static llvm::Expected<std::vector<Instruction>>
withoutFront(llvm::ArrayRef<Instruction> program) {
  constexpr uint32_t kKillThread = 0; // SCMP_FLTATR_ACT_BADARCH by default
  size_t begin = endOfFront(program);
  if (begin == 0 || begin >= program.size())
    return unknownForm();
  std::vector<Instruction> body{{kLoad, 0, 0, 0}};
  llvm::append_range(body, program.drop_front(begin));
  if (body.back() == Instruction{kReturn, 0, 0, kKillThread})
    body.pop_back();
  // If something else did jump to the end, it now jumps outside.
  if (!hasGoodShape(body))
    return unknownForm();
  return body;
}

llvm::Expected<std::vector<Instruction>>
compileRules(llvm::ArrayRef<SeccompRule> rules, uint32_t otherwise) {
  assert((rules.size() == 1 ||
          llvm::all_of(rules, [](auto &rule) { return rule.tests.empty(); })) &&
         "libseccomp would merge the tests");
  // Numbers pass through untranslated only for the native architecture; these
  // two are little-endian, of 64 bits, and without multiplexed syscalls.
  uint32_t host = seccomp_arch_native();
  if (host != SCMP_ARCH_X86_64 && host != SCMP_ARCH_AARCH64)
    return llvm::createStringError(std::errc::not_supported,
                                   "filters can be made on x86_64 and aarch64");
  Filter filter(seccomp_init(otherwise));
  if (!filter)
    return llvm::createStringError(std::errc::not_enough_memory,
                                   "libseccomp: init");
  // Level 2 is a binary tree. It matters at the start, too: the kernel walks
  // the program once for each number (kernel/seccomp.c:
  // seccomp_cache_prepare_bitmap, v6.12).
  int result = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
  if (llvm::Error error = check(result, "attribute OPTIMIZE"))
    return error;
  for (const SeccompRule &rule : rules)
    if (llvm::Error error = addRule(filter, rule))
      return error;
  llvm::Expected<std::vector<Instruction>> program = exported(filter);
  if (!program)
    return program.takeError();
  return withoutFront(*program);
}

} // namespace srt::backend
