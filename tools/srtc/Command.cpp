// tools/srtc/Command.cpp: options and endings that the subcommands share.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtc/Command.h"

#include "lib/Diag/Render.h"
#include "lib/Driver/Repository.h"
#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

#include <iostream>
#include <unistd.h>

namespace srtc {

/// What decides which scope blocks count.
static void addScopes(CLI::App &command, Common &common) {
  command.add_option("--tool", common.tool,
                     "NAME: blocks `scope tool \"NAME\"` count");
  command.add_option("--dir", common.dir,
                     "PATH: blocks `scope dir` that cover it count");
  command.add_option("--repo", common.repo,
                     "URL, or a directory whose git remote is meant: blocks "
                     "`scope repo` that cover it count");
  command.add_option("--std", common.stdFolder,
                     "directory that `import \"std/...\"` looks in");
}

void addDiagnostics(CLI::App &command, Common &common) {
  command
      .add_option("--diagnostics", common.diagnostics,
                  "text, json (one object a line), sarif (for code scanning) "
                  "or github (annotations of a workflow)")
      ->check(CLI::IsMember({"text", "json", "sarif", "github"}))
      ->capture_default_str();
  command
      .add_option("--colour,--color", common.colour,
                  "auto (on a terminal), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  command.add_flag("--werror", common.warningsAreErrors,
                   "warnings are errors");
}

void addInput(CLI::App &command, Common &common) {
  command.add_option("FILE", common.file, "policy file; - reads standard input")
      ->required();
  command
      .add_option("-D,--define", common.defines,
                  "NAME=VALUE: value of a param, instead of its own")
      ->allow_extra_args(false);
  addDiagnostics(command, common);
  addScopes(command, common);
}

void addTarget(CLI::App &command, Common &common) {
  command
      .add_option("--target", common.target,
                  "linux-6.12 and the like, landlock-abi-N, macos; or another "
                  "engine: oci, systemd, apparmor, bwrap")
      ->capture_default_str();
  command
      .add_option("--arch", common.archs,
                  "machines that get a seccomp program: x86_64, aarch64, "
                  "riscv64, arm, i386 (default: the two with a loader)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"x86_64", "aarch64", "riscv64", "arm", "i386"}));
  command
      .add_option("--broker", common.broker,
                  "who judges what the kernel cannot say: a process beside the "
                  "command, where some rule needs it (auto), never or always")
      ->check(CLI::IsMember({"auto", "never", "always"}))
      ->capture_default_str();
  command
      .add_option("--audit", common.audit,
                  "what Landlock denies is in the kernel's audit log (denials, "
                  "Linux 6.15), or is not (quiet)")
      ->check(CLI::IsMember({"quiet", "denials"}))
      ->capture_default_str();
  command.add_option("--network", common.network,
                     "proxy:PORT, for macos: a proxy at that port of 127.0.0.1 "
                     "judges hosts, and nothing else is reached");
  command
      .add_option("--accept-wider", common.acceptWider,
                  "R3,R7: rules that may be enforced more widely than written")
      ->delimiter(',')
      ->allow_extra_args(false);
}

/// A directory stands for the repository that it lies in.
static std::string repositoryOf(const std::string &given) {
  bool isFolder = given.front() == '/' || given.front() == '.' ||
                  llvm::sys::fs::is_directory(given);
  std::optional<std::string> name = isFolder ? srt::repositoryOf(given)
                                             : srt::normaliseRepository(given);
  if (!name)
    throw CLI::ValidationError("--repo", given + " leads to no repository URL");
  return *name;
}

/// In the order of the table, each once, whatever the order on the line.
static std::vector<srt::kernel::Arch>
archsOf(const std::vector<std::string> &given) {
  std::vector<srt::kernel::Arch> archs;
  for (srt::kernel::Arch arch : srt::kernel::allArchs())
    if (llvm::is_contained(given, srt::kernel::archName(arch)))
      archs.push_back(arch);
  return archs;
}

static std::optional<uint16_t> proxyPortOf(const std::string &given) {
  llvm::StringRef rest = given;
  uint16_t port = 0;
  if (rest.empty())
    return std::nullopt;
  if (!rest.consume_front("proxy:") || rest.getAsInteger(10, port) || port == 0)
    throw CLI::ValidationError("--network",
                               "wants proxy:PORT, found " + given);
  return port;
}

srt::CompileOptions optionsOf(const Common &common) {
  srt::CompileOptions options;
  options.tool = common.tool;
  options.dir = common.dir;
  if (!common.dir.empty() && !srt::sim::isResolvedPath(common.dir))
    throw CLI::ValidationError(
        "--dir", "wants an absolute path without . and .., found " + common.dir);
  if (!common.repo.empty())
    options.repo = "/" + repositoryOf(common.repo);
  if (!common.stdFolder.empty())
    options.stdFolder = common.stdFolder;
  options.target = common.target;
  if (!common.archs.empty())
    options.archs = archsOf(common.archs);
  options.broker = *srt::brokerUseNamed(common.broker);
  options.audit = *srt::ir::auditNamed(common.audit);
  options.proxyPort = proxyPortOf(common.network);
  options.acceptWider = {common.acceptWider.begin(), common.acceptWider.end()};
  for (const std::string &define : common.defines) {
    auto [name, value] = llvm::StringRef(define).split('=');
    if (name.empty() || name.size() == define.size())
      throw CLI::ValidationError("-D", "wants NAME=VALUE, found " + define);
    bool isNew = options.defines.emplace(name.str(), value.str()).second;
    if (!isNew)
      throw CLI::ValidationError("-D", name.str() + " is given twice");
  }
  return options;
}

void bindParams(const srt::ir::Policy &policy,
                const std::vector<std::string> &given,
                srt::sim::Bindings &bindings) {
  for (const std::string &binding : given) {
    auto [name, value] = llvm::StringRef(binding).split('=');
    auto param = llvm::find_if(
        policy.params,
        [&, name = name](const auto &each) { return each.name == name; });
    if (param == policy.params.end() || !srt::sim::isResolvedPath(value))
      throw CLI::ValidationError(
          "--bind", binding + ": wants PARAM=/absolute/path of a path param");
    bindings.params[param - policy.params.begin()] = value.str();
  }
}

bool isAcceptable(const Common &common, const srt::DiagnosticEngine &diags) {
  bool hasWarning = llvm::any_of(diags.sorted(), [](const auto *diagnostic) {
    return diagnostic->severity == srt::Severity::Warning;
  });
  return diags.errors() == 0 && !(common.warningsAreErrors && hasWarning);
}

Exit finish(const Common &common, const srt::Sources &sources,
            const srt::DiagnosticEngine &diags) {
  bool isColoured = common.colour == "always" ||
                    (common.colour == "auto" && isatty(STDERR_FILENO) != 0);
  if (common.diagnostics == "json")
    srt::renderJson(llvm::errs(), sources, diags);
  else if (common.diagnostics == "sarif")
    srt::renderSarif(llvm::errs(), sources, diags);
  else if (common.diagnostics == "github")
    srt::renderGithub(llvm::errs(), sources, diags);
  else
    srt::renderText(llvm::errs(), sources, diags,
                    isColoured ? srt::Colours::On : srt::Colours::Off);
  return isAcceptable(common, diags) ? Exit::Ok : Exit::Diagnosed;
}

bool isOutputWritten() {
  llvm::outs().flush();
  std::cout.flush();
  if (!llvm::outs().has_error() && std::cout.good())
    return true;
  // LLVM ends the program over an error that nobody cleared.
  llvm::outs().clear_error();
  llvm::errs() << "srtc: cannot write to standard output\n";
  return false;
}

} // namespace srtc
