// test/Tools/srt-mutate/ProfileRun.cpp: does the verifier see wrong profiles?
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-mutate/Faults.h"

#include "lib/Backend/Sbpl.h"
#include "lib/Diag/Render.h"
#include "lib/Driver/Compile.h"
#include "lib/Verify/Verify.h"

namespace srt::mutate {

/// What the verifier has against the text.
static std::optional<verify::Counterexample> verdictOn(const ir::Policy &policy,
                                                       llvm::StringRef text) {
  return verify::verifySbpl(policy, text).counterexample;
}

int mutateProfile(Sources &sources, FileId file, const CompileOptions &options) {
  DiagnosticEngine diags;
  auto policy = compileToPolicy(sources, file, options, diags);
  std::string text;
  if (!policy || !backend::emitSbpl(*policy, std::nullopt, diags, text) ||
      verdictOn(*policy, text)) {
    renderText(llvm::errs(), sources, diags, Colours::Off);
    llvm::errs() << "srt-mutate: there is nothing right to begin with\n";
    return 2;
  }
  unsigned caught = 0, survived = 0, idle = 0;
  for (const TextFault &fault : sbplFaults()) {
    std::string faulty = text;
    if (!fault.make(faulty)) {
      ++idle;
      continue;
    }
    auto found = verdictOn(*policy, faulty);
    (found ? caught : survived) += 1;
    llvm::outs() << fault.name << ": ";
    if (found)
      llvm::outs() << verify::spelling(found->kind) << ": " << found->event
                   << ": " << found->why << '\n';
    else
      llvm::outs() << "SURVIVED\n";
  }
  llvm::outs() << caught << " caught, " << survived << " survived, " << idle
               << " not applicable\n";
  return survived == 0 ? 0 : 1;
}

} // namespace srt::mutate
