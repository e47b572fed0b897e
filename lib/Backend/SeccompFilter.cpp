// lib/Backend/SeccompFilter.cpp: chooses a generator and checks its program.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SeccompFilter.h"

#include "lib/Backend/SeccompParts.h"
#include "lib/Backend/SeccompProgram.h"
#include "lib/Backend/SeccompShape.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::backend {

using Program = std::vector<Instruction>;

std::optional<Generator> generatorNamed(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<Generator>>(name)
      .Case("own", Generator::Own)
      .Case("libseccomp", Generator::Libseccomp)
      .Default(std::nullopt);
}

char FilterTooLong::ID;
char NotTellable::ID;

void FilterTooLong::log(llvm::raw_ostream &out) const {
  out << "the seccomp program for " << kernel::archName(arch) << " has "
      << count << " instructions, more than " << kMaxInstructions;
}

std::error_code FilterTooLong::convertToErrorCode() const {
  return std::make_error_code(std::errc::argument_list_too_long);
}

void NotTellable::log(llvm::raw_ostream &out) const {
  out << "libseccomp cannot tell `" << syscall << "` exactly: " << why;
}

std::error_code NotTellable::convertToErrorCode() const {
  return std::make_error_code(std::errc::not_supported);
}

static llvm::Error checkProgram(const Program &program, kernel::Arch arch) {
  if (program.size() > kMaxInstructions)
    return llvm::make_error<FilterTooLong>(arch, program.size());
  if (!hasGoodShape(program))
    return llvm::createStringError(std::errc::protocol_error,
                                   "the seccomp program has a bad shape");
  return llvm::Error::success();
}

static llvm::Expected<Program> generate(const ir::Plan &plan, kernel::Arch arch,
                                        Generator generator) {
  switch (generator) {
  case Generator::Own:
    return ownProgram(plan, arch);
  case Generator::Libseccomp:
    return libraryProgram(plan, arch);
  }
  llvm_unreachable("unknown generator");
}

llvm::Expected<Program> emitSeccomp(const ir::Plan &plan, kernel::Arch arch,
                                    Generator generator) {
  llvm::Expected<Program> program = generate(plan, arch, generator);
  if (!program)
    return program.takeError();
  if (llvm::Error error = checkProgram(*program, arch))
    return error;
  return program;
}

} // namespace srt::backend
