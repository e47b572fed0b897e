// fuzz/Compile.cpp: from IR text to a verified bundle and a verified profile.
// SPDX-License-Identifier: Apache-2.0
//
// lib/Verify holds what was written against the plan; an internal error is a
// mistake of ours whatever the policy says.
#include "lib/Driver/Compile.h"
#include "fuzz/Target.h"
#include "lib/IR/Read.h"
#include "lib/IR/Verify.h"
#include "lib/Sim/BundleView.h"

using namespace srt;

static constexpr size_t kMaxText = 1024;
/// A pattern like `*a????b` asks for 2^k states, up to a budget that takes ten
/// seconds to spend. That there is one is for test/Diag/E3027-states.test.
static constexpr size_t kMaxAnyOne = 8;

static std::optional<std::string> compiled(llvm::StringRef text, Stage stage,
                                           llvm::StringRef target) {
  Sources sources;
  DiagnosticEngine diags;
  FileId file = sources.add("fuzz.srtir", text.str());
  CompileOptions options;
  options.target = target.str();
  options.stdFolder = fuzz::kNoFolder;
  auto made = compileTo(stage, sources, file, options, diags);
  for (const Diagnostic *diagnostic : diags.sorted())
    fuzz::require(diagnostic->kind != diag::Internal.id, diagnostic->message);
  fuzz::require(made || diags.errors() != 0, "refused without a reason");
  return made;
}

/// Most texts are no policy; they are IrText's, and this is the slow target.
static bool isPolicy(llvm::StringRef text) {
  Sources sources;
  DiagnosticEngine diags;
  FileId file = sources.add("fuzz.srtir", text.str());
  auto policy = ir::readPolicy(sources, file, diags);
  std::string why;
  return policy && ir::verify(*policy, why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef text = fuzz::textOf(data, size);
  if (size > kMaxText || text.count('?') > kMaxAnyOne || !isPolicy(text))
    return 0;
  std::string why;
  if (auto bytes = compiled(text, Stage::Bundle, "linux-6.12"))
    fuzz::require(sim::Bundle::open(*bytes, why).has_value(), why);
  compiled(text, Stage::Sbpl, "macos");
  return 0;
}
