// lib/Driver/Compile.h: from a policy file to each form of it.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_DRIVER_COMPILE_H
#define SRT_LIB_DRIVER_COMPILE_H

#include "lib/Analysis/Checks.h"
#include "lib/Backend/SeccompFilter.h"
#include "lib/Driver/Imports.h"
#include "lib/Driver/StdFolder.h"
#include "lib/IR/Plan.h"
#include "lib/Parse/TypeCheck.h"
#include "lib/Transforms/Lower.h"

#include <set>

namespace srt {

struct CompileOptions {
  std::string target = kernel::kDefaultTarget.str();
  std::vector<kernel::Arch> archs{kernel::runtimeArchs().begin(),
                                  kernel::runtimeArchs().end()};
  Defines defines;
  std::set<std::string> acceptWider; // "R3"
  std::string tool;                  // `scope tool` blocks that count
  std::string dir;                   // `scope dir`: an absolute path
  std::string repo;                  // `scope repo`: "github.com/acme/app"
  std::string stdFolder = srt::stdFolder(); // where `import "std/..."` looks
  std::optional<CheckDepth> checks;       // whether to check what is meant
  backend::Generator generator = backend::Generator::Own; // of filters
  BrokerUse broker = BrokerUse::Auto;
  ir::Audit audit = ir::Audit::Quiet;
  std::optional<uint16_t> proxyPort; // on localhost, for macOS
  OpenTexts openTexts; // texts of an editor, in the place of files on disk
  std::vector<std::string> *imports = nullptr; // receives the paths of imports
  bool verifies = true; // hold the bundle against the policy; off to debug only
};

/// What a compilation can write.
enum class Stage : uint8_t {
  Syntax,
  Ir,
  Plan,
  Sbpl,
  Bpf,
  Landlock,
  Bundle,
  Engine, // what another engine reads: lib/Backend/Engine.h
};

/// What is written for a target unless somebody asks for another stage.
Stage stageFor(llvm::StringRef target);

/// The stage of that name ("ir", "plan", ...), or nothing.
std::optional<Stage> stageNamed(llvm::StringRef name);
llvm::SmallVector<llvm::StringRef, 8> stageNames();

/// Reads and type-checks a policy file with all that it extends.
std::optional<CheckedPolicy> compileToChecked(Sources &sources, FileId file,
                                              const CompileOptions &options,
                                              DiagnosticEngine &diags);

/// The typed policy of a policy file, or of IR text (.srtir).
std::optional<ir::Policy> compileToPolicy(Sources &sources, FileId file,
                                          const CompileOptions &options,
                                          DiagnosticEngine &diags);

/// Plans it for the target, which must be a Linux one (E3012 otherwise).
std::optional<ir::Plan> compileToPlan(Sources &sources, FileId file,
                                      const CompileOptions &options,
                                      DiagnosticEngine &diags);

/// The bytes of the bundle. Every filter in it was run on the boundary values
/// of its tests by lib/Sim and found to say what the plan says.
std::optional<std::string> compileToBundle(Sources &sources, FileId file,
                                           const CompileOptions &options,
                                           DiagnosticEngine &diags);

/// The text (or bytes) of one stage.
std::optional<std::string> compileTo(Stage stage, Sources &sources, FileId file,
                                     const CompileOptions &options,
                                     DiagnosticEngine &diags);

} // namespace srt

#endif
