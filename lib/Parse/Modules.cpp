// lib/Parse/Modules.cpp: a policy together with everything that it extends.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Modules.h"

#include "lib/Parse/JsonReader.h"
#include "lib/Parse/SrtReader.h"
#include "lib/Parse/TomlReader.h"
#include "lib/Parse/YamlReader.h"
#include "lib/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"

namespace srt {

std::optional<syntax::File> readFile(const Sources &sources, FileId file,
                                     DiagnosticEngine &diags) {
  llvm::StringRef name = sources.name(file);
  if (name.ends_with(".yaml") || name.ends_with(".yml"))
    return readYaml(sources, file, diags);
  if (name.ends_with(".toml"))
    return readToml(sources, file, diags);
  if (name.ends_with(".json"))
    return readJson(sources, file, diags);
  return readSrt(sources, file, diags);
}

namespace {
/// A file on its way: read, and its parents being loaded one by one.
struct Open {
  FileId id;
  syntax::File file;
  std::vector<FileId> imported; // by index of file.imports
  size_t next = 0;              // the parent to load next
};

/// Walks over imports depth first, with a stack of its own.
class ModuleLoader {
public:
  ModuleLoader(const Sources &sources, const FindModule &find,
               DiagnosticEngine &diags)
      : sources(sources), find(find), diags(diags) {}

  std::optional<std::vector<Module>> load(FileId root);

private:
  bool open(FileId file);
  bool openImports(Open &importer);
  std::optional<FileId> parentOf(Open &child);
  bool step();
  void reportUnknown(const Open &child, const syntax::Word &name);
  void warnUnused(const Open &done);

  const Sources &sources;
  const FindModule &find;
  DiagnosticEngine &diags;
  std::vector<Open> stack;
  std::vector<Module> loaded;
  // Names of policies by file, for a file is read before it is walked into.
  std::vector<std::pair<FileId, syntax::File>> known;
};
} // namespace

bool ModuleLoader::open(FileId file) {
  auto cached = llvm::find_if(
      known, [&](const auto &entry) { return entry.first == file; });
  if (cached == known.end()) {
    std::optional<syntax::File> read = readFile(sources, file, diags);
    if (!read)
      return false;
    known.emplace_back(file, std::move(*read));
    cached = std::prev(known.end());
  }
  stack.push_back({file, cached->second, {}, 0});
  return openImports(stack.back());
}

/// Finds and reads what a file imports, so that its policies have names.
bool ModuleLoader::openImports(Open &importer) {
  for (const syntax::Import &import : importer.file.imports) {
    std::optional<FileId> found = find(import, importer.id);
    if (!found)
      return false;
    bool isKnown = llvm::any_of(
        known, [&](const auto &entry) { return entry.first == *found; });
    if (!isKnown) {
      if (known.size() >= kMaxModules) {
        diags.report(import.range, diag::TooManyImports, unsigned(kMaxModules));
        return false;
      }
      std::optional<syntax::File> read = readFile(sources, *found, diags);
      if (!read)
        return false;
      known.emplace_back(*found, std::move(*read));
    }
    importer.imported.push_back(*found);
  }
  return true;
}

void ModuleLoader::reportUnknown(const Open &child, const syntax::Word &name) {
  std::vector<llvm::StringRef> names;
  for (const auto &[file, read] : known)
    if (llvm::is_contained(child.imported, file))
      names.push_back(read.policy.name.text);
  Diagnostic &error =
      diags.report(name.range, diag::UnknownPolicy, shown(name.text));
  if (std::optional<llvm::StringRef> near = nearest(name.text, names))
    error.hint("did you mean `" + near->str() + "`").fix(name.range, near->str());
}

/// The file of the parent that is next, or nothing and a report.
std::optional<FileId> ModuleLoader::parentOf(Open &child) {
  const syntax::Word &name = child.file.policy.parents[child.next++];
  std::optional<FileId> found;
  for (const auto &[file, read] : known) {
    if (read.policy.name.text != name.text ||
        !llvm::is_contained(child.imported, file))
      continue;
    if (found) {
      diags.report(name.range, diag::AmbiguousPolicy, shown(name.text));
      return std::nullopt;
    }
    found = file;
  }
  if (!found)
    reportUnknown(child, name);
  return found;
}

void ModuleLoader::warnUnused(const Open &done) {
  for (size_t i = 0; i < done.imported.size(); ++i) {
    auto entry = llvm::find_if(known, [&](const auto &candidate) {
      return candidate.first == done.imported[i];
    });
    bool isUsed = llvm::any_of(done.file.policy.parents, [&](const auto &name) {
      return name.text == entry->second.policy.name.text;
    });
    if (!isUsed)
      diags.report(done.file.imports[i].range, diag::UnusedImport,
                   shown(entry->second.policy.name.text));
  }
}

/// Goes one step on: down into a parent, or up out of a finished file.
bool ModuleLoader::step() {
  Open &top = stack.back();
  if (top.next == top.file.policy.parents.size()) {
    warnUnused(top);
    loaded.push_back({top.id, std::move(top.file.policy)});
    stack.pop_back();
    return true;
  }
  SourceRange place = top.file.policy.parents[top.next].range;
  std::optional<FileId> parent = parentOf(top);
  if (!parent)
    return false;
  bool isLoaded = llvm::any_of(
      loaded, [&](const Module &module) { return module.file == *parent; });
  bool isOpen = llvm::any_of(
      stack, [&](const Open &open) { return open.id == *parent; });
  if (isOpen) {
    diags.report(place, diag::CircularImport, shown(sources.name(*parent)));
    return false;
  }
  return isLoaded || open(*parent);
}

std::optional<std::vector<Module>> ModuleLoader::load(FileId root) {
  size_t before = diags.errors();
  bool isFine = open(root);
  while (isFine && !stack.empty())
    isFine = step();
  if (!isFine || diags.errors() != before)
    return std::nullopt;
  return std::move(loaded);
}

std::optional<std::vector<Module>> loadModules(const Sources &sources,
                                               FileId root,
                                               const FindModule &find,
                                               DiagnosticEngine &diags) {
  return ModuleLoader(sources, find, diags).load(root);
}

} // namespace srt
