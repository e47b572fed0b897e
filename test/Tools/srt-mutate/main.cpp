// test/Tools/srt-mutate/main.cpp: does the verifier see single mistakes?
// SPDX-License-Identifier: Apache-2.0
//
// Compiles a policy, puts one fault after the other into the tables, has the
// bundle written, and holds it against the plan without the fault. Prints what
// the verifier says to each. Exit status: 0 all caught, 1 some survived, 2
// wrong usage or policy.
#include "test/Tools/srt-mutate/Faults.h"

#include "lib/Backend/BundleWriter.h"
#include "lib/Diag/Render.h"
#include "lib/Driver/Compile.h"
#include "lib/Driver/Files.h"
#include "lib/Verify/Verify.h"

using namespace srt;

/// What the verifier has against a bundle made from `faulty`.
static std::optional<verify::Counterexample>
verdictOn(const ir::Plan &plan, const ir::Plan &faulty, const Sources &sources) {
  llvm::Expected<std::string> bytes = backend::writeBundle(faulty, sources, backend::Generator::Own);
  std::string why = "not written";
  std::optional<sim::Bundle> bundle;
  if (bytes)
    bundle = sim::Bundle::open(*bytes, why);
  else
    llvm::consumeError(bytes.takeError());
  if (!bundle)
    return verify::Counterexample{verify::Counterexample::Kind::Narrower,
                                  "any event", "no bundle: " + why};
  verify::Result files = verify::verifyFiles(plan, *bundle);
  return files.counterexample ? files.counterexample
                              : verify::verifyPorts(plan, *bundle).counterexample;
}

static int mutateAll(const ir::Plan &plan, const Sources &sources) {
  unsigned caught = 0, survived = 0, idle = 0;
  for (const mutate::Fault &fault : mutate::planFaults()) {
    ir::Plan faulty = plan;
    if (!fault.make(faulty)) {
      ++idle;
      continue;
    }
    auto found = verdictOn(plan, faulty, sources);
    (found ? caught : survived) += 1;
    llvm::outs() << fault.name << ": ";
    if (!found)
      llvm::outs() << "SURVIVED\n";
    else
      llvm::outs() << (found->kind == verify::Counterexample::Kind::Wider
                           ? "wider"
                           : "narrower")
                   << ": " << found->event << ": " << found->why << '\n';
  }
  llvm::outs() << caught << " caught, " << survived << " survived, " << idle
               << " not applicable\n";
  return survived == 0 ? 0 : 1;
}

int main(int argc, char **argv) {
  if (argc < 2)
    return 2;
  Sources sources;
  DiagnosticEngine diags;
  std::optional<FileId> file = readInput(sources, argv[1], diags);
  CompileOptions options;
  if (argc > 2)
    options.target = argv[2];
  std::optional<ir::Plan> plan;
  if (file)
    plan = compileToPlan(sources, *file, options, diags);
  if (!plan || verdictOn(*plan, *plan, sources)) {
    renderText(llvm::errs(), sources, diags, Colours::Off);
    llvm::errs() << "srt-mutate: there is nothing right to begin with\n";
    return 2;
  }
  return mutateAll(*plan, sources);
}
