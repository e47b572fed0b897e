// tools/srt-more/Compile.cpp: compiles the policy of a request.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Compile.h"

#include "lib/Diag/Render.h"
#include "lib/Driver/Files.h"
#include "lib/Driver/Imports.h"
#include "lib/Driver/Repository.h"
#include "lib/Sim/EventText.h"
#include "tools/srt/Asker.h"

#include "llvm/ADT/STLExtras.h"

#include <cstdlib>
#include <unistd.h>

namespace srt::command {

/// The name under which diagnostics and bundles know the policy: the default is
/// part of the library, wherever that lies.
static std::string nameOf(const Found &found) {
  return found.choice == Choice::Default ? "std/agent.srt" : found.path;
}

void show(const Sources &sources, const DiagnosticEngine &diags) {
  bool isTerminal = isatty(STDERR_FILENO) != 0;
  renderText(llvm::errs(), sources, diags,
             isTerminal ? Colours::On : Colours::Off);
}

static void addScope(const syntax::ScopeBlock &block, Scopes &scopes) {
  if (block.kind.text == "tool")
    scopes.tools.push_back(block.value.text);
  scopes.hasDir |= block.kind.text == "dir";
  scopes.hasRepo |= block.kind.text == "repo";
}

/// The scope blocks of one policy, those within other blocks too.
static void addScopes(const syntax::Policy &policy, Scopes &scopes) {
  std::vector<const std::vector<syntax::Statement> *> todo = {
      &policy.statements};
  while (!todo.empty()) {
    const std::vector<syntax::Statement> &statements = *todo.back();
    todo.pop_back();
    for (const syntax::Statement &statement : statements)
      if (auto *block = std::get_if<syntax::ScopeBlock>(&statement.value)) {
        addScope(*block, scopes);
        todo.push_back(&block->statements);
      }
  }
}

/// The scopes of all texts. Reports what cannot be read.
static std::optional<Scopes> scopesOf(const Job &job, Sources &sources,
                                      FileId file, DiagnosticEngine &diags) {
  FindModule find = importFinder(sources, job.places.std, diags);
  std::optional<std::vector<Module>> modules =
      loadModules(sources, file, find, diags);
  if (!modules)
    return std::nullopt;
  Scopes scopes;
  for (const Module &module : *modules)
    addScopes(module.policy, scopes);
  llvm::sort(scopes.tools);
  scopes.tools.erase(llvm::unique(scopes.tools), scopes.tools.end());
  return scopes;
}

/// Reports a -D that is none.
static std::optional<Defines> definesOf(const Request &request) {
  Defines defines;
  for (const std::string &define : request.defines) {
    auto [name, value] = llvm::StringRef(define).split('=');
    bool isPair = !name.empty() && name.size() != define.size();
    if (!isPair || !defines.emplace(name.str(), value.str()).second) {
      complain("-D " + define +
               (isPair ? ": is given twice" : ": wants NAME=VALUE"));
      return std::nullopt;
    }
  }
  return defines;
}

static std::string repositoryFor(const Job &job) {
  std::optional<std::string> name =
      job.request.repo.empty() ? repositoryOf(job.found.project)
                               : normaliseRepository(job.request.repo);
  return name ? "/" + *name : "";
}

static std::optional<CompileOptions> optionsFor(const Job &job,
                                                const Selected &selected) {
  std::optional<Defines> defines = definesOf(job.request);
  if (!defines)
    return std::nullopt;
  CompileOptions options;
  options.defines = std::move(*defines);
  options.target = runningTarget();
  options.stdFolder = job.places.std;
  options.tool = selected.tool;
  options.dir = selected.dir;
  if (!selected.repo.empty())
    options.repo = repositoryFor(job);
  return options;
}

/// What a compilation begins with.
struct Begun {
  FileId file;
  Scopes scopes;
  Selected selected;
  CompileOptions options;
};

static std::optional<Begun> begin(const Job &job, Sources &sources,
                                  std::optional<FileId> file,
                                  DiagnosticEngine &diags) {
  std::optional<Scopes> scopes;
  if (file)
    scopes = scopesOf(job, sources, *file, diags);
  if (!scopes)
    return std::nullopt;
  Selected selected = select(*scopes, job.request, job.found);
  std::optional<CompileOptions> options = optionsFor(job, selected);
  if (!options)
    return std::nullopt;
  return Begun{*file, *scopes, selected, *options};
}

static std::optional<FileId> readFound(const Job &job, Sources &sources,
                                       DiagnosticEngine &diags) {
  return readInput(sources, job.found.path, diags, nameOf(job.found));
}

static std::optional<ir::Policy> policyOf(const Job &job, Sources &sources,
                                          std::optional<FileId> file,
                                          DiagnosticEngine &diags) {
  std::optional<Begun> begun = begin(job, sources, file, diags);
  if (!begun)
    return std::nullopt;
  return compileToPolicy(sources, begun->file, begun->options, diags);
}

std::optional<ir::Policy> readPolicy(const Job &job, Sources &sources,
                                     DiagnosticEngine &diags) {
  return policyOf(job, sources, readFound(job, sources, diags), diags);
}

std::optional<ir::Policy> readText(const Job &job, const std::string &name,
                                   const std::string &text, Sources &sources,
                                   DiagnosticEngine &diags) {
  return policyOf(job, sources, sources.add(name, text), diags);
}

static void sayProgress(const char *text) {
  if (isatty(STDERR_FILENO) != 0)
    llvm::errs() << text;
}

/// Finds the texts of a bundle that are not the library's.
static void addOwnTexts(const srt_view &view, const Places &places,
                        const Sources &sources, Compiled &compiled) {
  for (uint32_t i = 0; i < view.source_count; ++i) {
    srt_string path = view.sources[i].path;
    std::string name(view.strings + path.offset, path.size);
    bool isOwn = pathOfSource(name, places) == name;
    if (!isOwn || llvm::is_contained(compiled.texts, name))
      continue;
    compiled.texts.push_back(name);
    compiled.contents.emplace_back();
    for (uint32_t file = 0; file < sources.count(); ++file)
      if (sources.name(FileId{file}) == name)
        compiled.contents.back() = sources.text(FileId{file}).str();
  }
}

/// Takes from the bytes what the bundle says of its own sources.
static void describe(Compiled &compiled, const Sources &sources,
                     const Places &places) {
  std::vector<uint64_t> room(compiled.bytes.size() / 8 + 1);
  auto *bytes = reinterpret_cast<uint8_t *>(room.data());
  std::copy(compiled.bytes.begin(), compiled.bytes.end(), bytes);
  srt_view view;
  if (srt_check_bundle(bytes, compiled.bytes.size(), &view) != SRT_OK)
    return;
  compiled.digest = digestOfSources(view);
  compiled.isAsking = isAsking(view);
  compiled.hasBroker = view.mediation != nullptr;
  addOwnTexts(view, places, sources, compiled);
}

/// Where the params lead when the sandbox starts here and now.
static std::string valueOf(const ir::Param &param, const Job &job) {
  std::string value;
  switch (param.source) {
  case ir::Param::Source::Literal:
    value = param.value;
    break;
  case ir::Param::Source::Cwd:
    value = job.found.project;
    break;
  case ir::Param::Source::Env:
    if (const char *text = std::getenv(param.value.c_str()))
      value = text;
    break;
  }
  return sim::isResolvedPath(value) ? value : "/-unbound-/" + param.name;
}

sim::Bindings bindingsFor(const ir::Policy &policy, const Job &job) {
  sim::Bindings bindings;
  for (const ir::Param &param : policy.params)
    bindings.params.push_back(valueOf(param, job));
  return bindings;
}

static std::optional<Compiled> compileFile(const Job &job, Sources &sources,
                                           std::optional<FileId> file,
                                           DiagnosticEngine &diags) {
  sayProgress("srt: compiling the policy ...");
  std::optional<Begun> begun = begin(job, sources, file, diags);
  std::optional<std::string> bytes;
  std::optional<ir::Policy> policy;
  if (begun)
    bytes = compileToBundle(sources, begun->file, begun->options, diags);
  if (bytes) // again: the bundle was made of a plan that took it apart
    policy = compileToPolicy(sources, begun->file, begun->options, diags);
  sayProgress("\r\x1b[K");
  if (!policy || diags.errors() != 0) {
    show(sources, diags);
    return std::nullopt;
  }
  Compiled compiled;
  compiled.bytes = std::move(*bytes);
  compiled.scopes = std::move(begun->scopes);
  compiled.selected = std::move(begun->selected);
  compiled.policy = std::move(*policy);
  describe(compiled, sources, job.places);
  return compiled;
}

std::optional<Compiled> compile(const Job &job) {
  Sources sources;
  DiagnosticEngine diags;
  return compileFile(job, sources, readFound(job, sources, diags), diags);
}

std::optional<Compiled> compileText(const Job &job, const std::string &name,
                                    const std::string &text) {
  Sources sources;
  DiagnosticEngine diags;
  return compileFile(job, sources, sources.add(name, text), diags);
}

/// An address for examples (RFC 5737), and a port that nobody uses.
static constexpr const char *kNowhere = "  allow connect \"192.0.2.1:1\";\n"
                                        "  deny connect \"192.0.2.1:1\";\n";

static std::string observedText(const Job &job, const Compiled &compiled,
                                const char *network) {
  return "import \"" + nameOf(job.found) + "\";\npolicy observed extends " +
         compiled.policy.name +
         // What is allowed and denied is denied; but an action of which nothing
         // at all is allowed would be left to the kernel.
         " {\n  allow write \"/.srt-never-there\";\n"
         "  deny read.data, read.list, write \"**/.srt-never-there\";\n"
         "  deny exec \"**/.srt-never-there\";\n" +
         network + "}\n";
}

std::optional<std::string> compileObserved(const Job &job,
                                           const Compiled &compiled) {
  std::optional<CompileOptions> options = optionsFor(job, compiled.selected);
  bool isQuotable = job.found.path.find_first_of("\"\\") == std::string::npos;
  if (!options || !isQuotable)
    return std::nullopt;
  for (const char *network : {kNowhere, ""}) {
    Sources sources;
    DiagnosticEngine diags;
    FileId file =
        sources.add("observed.srt", observedText(job, compiled, network));
    if (std::optional<std::string> bytes =
            compileToBundle(sources, file, *options, diags))
      return bytes;
  }
  return std::nullopt;
}

} // namespace srt::command
