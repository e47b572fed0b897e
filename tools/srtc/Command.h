// tools/srtc/Command.h: what the subcommands of srtc share.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRTC_COMMAND_H
#define SRT_TOOLS_SRTC_COMMAND_H

#include "lib/Driver/Compile.h"
#include "lib/Sim/Event.h"

#include <CLI/CLI.hpp>

namespace srtc {

/// Exit statuses, the same for every subcommand (docs/Cli.md).
enum class Exit : int {
  Ok = 0,
  Diagnosed = 1, // something is wrong with an input; it was reported
  Usage = 2,     // the command line makes no sense
  Denied = 3,    // srtc query: the verdict is deny
  Asked = 4,     // srtc query: the verdict is ask
  Narrowed = 5,  // srtc diff: the new policy permits less
  Widened = 6,   // srtc diff: it permits more
  WidenedAndNarrowed = 7,
};

/// Options that several subcommands take.
struct Common {
  std::string file;
  std::vector<std::string> defines;
  std::vector<std::string> acceptWider;
  std::string target = srt::kernel::kDefaultTarget.str();
  std::vector<std::string> archs; // none: those that the runtime is built for
  std::string broker = "auto";
  std::string audit = "quiet";
  std::string network; // "proxy:8080"; empty: as the rules say
  std::string tool;
  std::string dir;
  std::string repo;
  std::string stdFolder;
  std::string diagnostics = "text";
  std::string colour = "auto";
  bool warningsAreErrors = false;
};

/// How diagnostics are shown.
void addDiagnostics(CLI::App &command, Common &common);
/// One policy file, its params, its scopes and how diagnostics are shown.
void addInput(CLI::App &command, Common &common);
void addTarget(CLI::App &command, Common &common);

/// Reads `-D NAME=VALUE` and the like into options. Throws CLI::ValidationError.
srt::CompileOptions optionsOf(const Common &common);

/// Applies `--bind PARAM=/path` to the params of the policy. Throws
/// CLI::ValidationError.
void bindParams(const srt::ir::Policy &policy,
                const std::vector<std::string> &given,
                srt::sim::Bindings &bindings);

/// Writes the diagnostics to standard error in the form that was asked for.
/// Returns Diagnosed if any is an error (or a warning, under --werror).
Exit finish(const Common &common, const srt::Sources &sources,
            const srt::DiagnosticEngine &diags);

/// True if finish() would let the output be written.
bool isAcceptable(const Common &common, const srt::DiagnosticEngine &diags);

/// Flushes standard output; says so and returns false if it cannot take it.
bool isOutputWritten();

/// Spells `compile`'s -MD, -MF FILE, -MT NAME and -MP as the long options that
/// they stand for: CLI11 takes one letter behind one dash.
void spellMakeOptions(std::vector<std::string> &arguments);

/// One function per subcommand: declares its options and what it does. `exit`
/// receives the status.
void addCompile(CLI::App &app, Exit &exit);
void addCheck(CLI::App &app, Exit &exit);
void addExplain(CLI::App &app, Exit &exit);
void addQuery(CLI::App &app, Exit &exit);
void addTest(CLI::App &app, Exit &exit);
void addFormat(CLI::App &app, Exit &exit);
void addDiff(CLI::App &app, Exit &exit);
void addMatrix(CLI::App &app, Exit &exit);
void addImport(CLI::App &app, Exit &exit);
void addReport(CLI::App &app, Exit &exit);

} // namespace srtc

#endif
