// fuzz/PolicySrt.cpp: policies in the language itself, and their layout.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/PolicyText.h"
#include "fuzz/Target.h"
#include "lib/Parse/Format.h"

using namespace srt;

static std::optional<std::string> formatted(llvm::StringRef text) {
  Sources sources;
  DiagnosticEngine diags;
  FileId file = sources.add("fuzz.srt", text.str());
  return formatSrt(sources, file, diags);
}

/// One layout, and the same policy in it.
static void checkLayout(llvm::StringRef text, const ir::Policy &policy,
                        const Sources &sources) {
  std::optional<std::string> once = formatted(text);
  fuzz::require(once.has_value(), "a policy cannot be formatted");
  std::optional<std::string> twice = formatted(*once);
  fuzz::require(twice == once, "formatting twice is not formatting once");
  Sources fresh;
  std::optional<ir::Policy> again = fuzz::readChecked(fresh, "fuzz.srt", *once);
  fuzz::require(again && fuzz::irText(*again, fresh) ==
                             fuzz::irText(policy, sources),
                "formatting changes a policy");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Sources sources;
  llvm::StringRef text = fuzz::textOf(data, size);
  if (auto policy = fuzz::readChecked(sources, "fuzz.srt", text))
    checkLayout(text, *policy, sources);
  return 0;
}
