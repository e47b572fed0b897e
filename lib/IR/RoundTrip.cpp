// lib/IR/RoundTrip.cpp: print, read, print, compare.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/RoundTrip.h"

#include "lib/IR/Print.h"
#include "lib/IR/Read.h"
#include "lib/IR/Verify.h"

#include "llvm/Support/raw_ostream.h"

namespace srt::ir {

static std::string printed(const Policy &policy, const Sources &sources,
                           Locations locations) {
  std::string text;
  llvm::raw_string_ostream out(text);
  print(out, policy, sources, locations);
  return text;
}

std::string firstDifference(llvm::StringRef before, llvm::StringRef after) {
  while (!before.empty() || !after.empty()) {
    auto [mine, restBefore] = before.split('\n');
    auto [theirs, restAfter] = after.split('\n');
    if (mine != theirs)
      return ("`" + mine + "` comes back as `" + theirs + "`").str();
    before = restBefore;
    after = restAfter;
  }
  return "";
}

static bool comesBack(const Policy &policy, const Sources &sources,
                      Locations locations, std::string &why) {
  std::string before = printed(policy, sources, locations);
  Sources fresh;
  DiagnosticEngine diags;
  FileId file = fresh.add("<round trip>", before);
  std::optional<Policy> back = readPolicy(fresh, file, diags);
  if (!back) {
    why = "IR text is not read back: " + diags.sorted().front()->message;
    return false;
  }
  if (!verify(*back, why))
    return false;
  why = firstDifference(before, printed(*back, fresh, locations));
  return why.empty();
}

bool roundTrips(const Policy &policy, const Sources &sources,
                std::string &why) {
  return comesBack(policy, sources, Locations::Off, why) &&
         comesBack(policy, sources, Locations::On, why);
}

} // namespace srt::ir
