// fuzz/IrText.cpp: IR text that reads, and verifies, comes back.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Target.h"
#include "lib/IR/Read.h"
#include "lib/IR/RoundTrip.h"
#include "lib/IR/Verify.h"

using namespace srt;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Sources sources;
  DiagnosticEngine diags;
  FileId file = sources.add("fuzz.srtir", fuzz::textOf(data, size).str());
  std::optional<ir::Policy> policy = ir::readPolicy(sources, file, diags);
  fuzz::require(policy || diags.errors() != 0, "refused without a reason");
  std::string why;
  if (policy && ir::verify(*policy, why))
    fuzz::require(ir::roundTrips(*policy, sources, why), why);
  return 0;
}
