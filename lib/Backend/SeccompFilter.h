// lib/Backend/SeccompFilter.h: the syscall decisions of a plan as a cBPF
// program. SPDX-License-Identifier: Apache-2.0
//
// One program per architecture, complete in itself: calls of another
// architecture are killed, numbers that the compiler does not know fail with
// ENOSYS, all others get the answer of their ir::SyscallDecision.
#ifndef SRT_LIB_BACKEND_SECCOMPFILTER_H
#define SRT_LIB_BACKEND_SECCOMPFILTER_H

#include "lib/IR/Plan.h"

#include "llvm/Support/Error.h"

namespace srt::backend {

/// struct sock_filter (include/uapi/linux/filter.h): the jump distances count
/// instructions behind the next one. Eight bytes without padding.
struct Instruction {
  uint16_t code = 0;
  uint8_t jt = 0;
  uint8_t jf = 0;
  uint32_t k = 0;
  friend bool operator==(const Instruction &, const Instruction &) = default;
};
static_assert(sizeof(Instruction) == 8);

/// BPF_MAXINSNS, include/uapi/linux/bpf_common.h.
inline constexpr size_t kMaxInstructions = 4096;

/// The program would be longer than kernels take: `count` is its length, or
/// where its making was given up.
class FilterTooLong : public llvm::ErrorInfo<FilterTooLong> {
public:
  static char ID;
  FilterTooLong(kernel::Arch arch, size_t count) : arch(arch), count(count) {}
  void log(llvm::raw_ostream &out) const override;
  std::error_code convertToErrorCode() const override;

  kernel::Arch arch;
  size_t count; // instructions, > kMaxInstructions
};

/// libseccomp has no way to say a test; our own generator says all of them.
class NotTellable : public llvm::ErrorInfo<NotTellable> {
public:
  static char ID;
  NotTellable(std::string syscall, std::string why)
      : syscall(std::move(syscall)), why(std::move(why)) {}
  void log(llvm::raw_ostream &out) const override;
  std::error_code convertToErrorCode() const override;

  std::string syscall, why;
};

/// Who makes the program: SeccompProgram.h, or SeccompParts.h as a second
/// opinion.
enum class Generator : uint8_t { Own, Libseccomp };
/// "own" or "libseccomp".
std::optional<Generator> generatorNamed(llvm::StringRef name);

/// Emits the program for `arch`. *Keeps*: what the decisions permit, except
/// that x32 calls and numbers without a name are never permitted. The same
/// decisions give the same instructions on every host.
/// Requires: ir::verifyPlan() took the plan.
/// Ensures: 1..kMaxInstructions instructions; jumps go forward and stay inside;
/// every path ends in a RET.
/// Errors: FilterTooLong; with Generator::Libseccomp also NotTellable and
/// libseccomp's own failures.
llvm::Expected<std::vector<Instruction>>
emitSeccomp(const ir::Plan &plan, kernel::Arch arch, Generator generator);

} // namespace srt::backend

#endif
