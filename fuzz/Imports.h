// fuzz/Imports.h: settings of another tool through an importer.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_FUZZ_IMPORTS_H
#define SRT_FUZZ_IMPORTS_H

#include "fuzz/Target.h"
#include "lib/Driver/Compile.h"
#include "tools/import/Import.h"

namespace srt::fuzz {

/// Fails unless the text is refused with a problem, or becomes a policy that
/// reads without an error but that nothing stands in it (E2029): a profile of which
/// nothing could be carried. SRT_FUZZ_STD: the policy library, which it may use.
inline void checkImport(import::Format format, llvm::StringRef text) {
  import::Imported imported = import::importText(format, text);
  if (!imported.problems.empty())
    return;
  Sources sources;
  DiagnosticEngine diags;
  CompileOptions options;
  options.stdFolder = SRT_FUZZ_STD;
  FileId file = sources.add("imported.srt", imported.policy);
  auto policy = compileToPolicy(sources, file, options, diags);
  std::string why;
  for (const Diagnostic *diagnostic : diags.sorted())
    if (diagnostic->severity == Severity::Error &&
        diagnostic->kind != diag::EmptyPolicy.id)
      why += diagnostic->message + "\n";
  require((policy || diags.errors() != 0) && why.empty(),
          "an import that is no policy: " + why + imported.policy);
}

} // namespace srt::fuzz

#endif
