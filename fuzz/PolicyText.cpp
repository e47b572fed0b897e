// fuzz/PolicyText.cpp: what has to hold of any text that reads as a policy.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/PolicyText.h"

#include "fuzz/Target.h"
#include "lib/IR/Print.h"
#include "lib/IR/RoundTrip.h"
#include "lib/IR/Verify.h"
#include "lib/Parse/TypeCheck.h"

namespace srt::fuzz {

/// Nothing is found: what a text imports is not in the text.
static FindModule findNothing(DiagnosticEngine &diags) {
  return [&](const syntax::Import &, FileId) {
    diags.report({}, diag::CannotRead, "import", "fuzzing");
    return std::optional<FileId>();
  };
}

static void checkPolicy(const ir::Policy &policy, const Sources &sources) {
  std::string why;
  require(ir::verify(policy, why), why);
  require(ir::roundTrips(policy, sources, why), why);
}

std::optional<ir::Policy> readChecked(Sources &sources, llvm::StringRef name,
                                      llvm::StringRef text) {
  DiagnosticEngine diags;
  FileId file = sources.add(name, text.str());
  auto modules = loadModules(sources, file, findNothing(diags), diags);
  std::optional<CheckedPolicy> checked;
  if (modules)
    checked = typeCheck(*modules, {}, diags);
  require(checked || diags.errors() != 0, "refused without a reason");
  for (const Diagnostic *diagnostic : diags.sorted())
    require(diagnostic->kind != diag::Internal.id, diagnostic->message);
  if (!checked || diags.errors() != 0)
    return std::nullopt;
  checkPolicy(checked->policy, sources);
  return std::move(checked->policy);
}

std::string irText(const ir::Policy &policy, const Sources &sources) {
  std::string text;
  llvm::raw_string_ostream out(text);
  ir::print(out, policy, sources, ir::Locations::Off);
  return text;
}

} // namespace srt::fuzz
