// test/Tools/srt-algebra-check/Passes.cpp: passes over random policies.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-algebra-check/Check.h"

#include "lib/Analysis/Compare.h"
#include "lib/IR/Print.h"
#include "lib/IR/Verify.h"
#include "lib/Sim/EvalPolicy.h"
#include "lib/Transforms/Pass.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::check {

using sim::Dice;

static std::string textOf(const ir::Policy &policy) {
  Sources sources;
  std::string text;
  llvm::raw_string_ostream out(text);
  ir::print(out, policy, sources, ir::Locations::Off);
  return text;
}

/// lib/Sim's opinion, on a few paths; the empty text if it sees no difference.
static std::string seenBySim(const ir::Policy &before, const ir::Policy &after,
                             Dice &dice) {
  using ir::ActionId;
  for (unsigned i = 0; i < 40; ++i) {
    sim::Bindings bindings;
    bindings.params = {randomPath(dice, 2), randomPath(dice, 2)};
    std::string path = randomPath(dice, 4);
    for (ActionId leaf : {ActionId::ReadData, ActionId::WriteCreate}) {
      sim::Event event{leaf, sim::Name{path}};
      if (sim::evalPolicy(before, bindings, event).effect !=
          sim::evalPolicy(after, bindings, event).effect)
        return "lib/Sim: " + ir::spelling(leaf).str() + " " + path;
    }
  }
  return {};
}

size_t checkPasses(uint64_t count, uint64_t seed) {
  size_t failed = 0, changed = 0;
  for (uint64_t i = 0; i < count; ++i) {
    Dice dice(seed + i);
    ir::Policy policy = randomIr(dice);
    for (llvm::StringRef pass : transforms::passNames()) {
      ir::Policy before = policy;
      DiagnosticEngine diags;
      transforms::runPass(pass, policy, diags);
      std::string why;
      for (const Diagnostic *diagnostic : diags.sorted())
        why += diagnostic->message;
      if (!transforms::kComparesRuns)
        if (auto difference = firstDifference(before, policy))
          why += difference->text;
      why += seenBySim(before, policy, dice);
      changed += textOf(before) != textOf(policy);
      if (why.empty() && ir::verify(policy, why))
        continue;
      ++failed;
      llvm::outs() << "seed " << seed + i << ", " << pass << ": " << why << '\n'
                   << textOf(before) << textOf(policy);
    }
  }
  llvm::outs() << count << " policies from seed " << seed << ": " << changed
               << " changed by a pass, " << failed << " differ\n";
  return failed;
}

} // namespace srt::check
