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

/// A file that was read. It is read before it is walked into, which then takes
/// all of it but the name: a policy may be large.
struct Known {
  FileId id;
  std::string name; // of its policy
  syntax::File file;
};

/// Walks over imports depth first, with a stack of its own.
class ModuleLoader {
public:
  ModuleLoader(const Sources &sources, const FindModule &find,
               DiagnosticEngine &diags)
      : sources(sources), find(find), diags(diags) {}

  std::optional<std::vector<Module>> load(FileId root);

private:
  Known *lookUp(FileId file);
  Known *read(FileId file);
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
  std::vector<Known> known;
};
} // namespace

Known *ModuleLoader::lookUp(FileId file) {
  auto found = llvm::find_if(
      known, [&](const Known &each) { return each.id == file; });
  return found == known.end() ? nullptr : &*found;
}

/// Reads a file, unless that was done before; nothing if it cannot be read.
Known *ModuleLoader::read(FileId file) {
  if (Known *before = lookUp(file))
    return before;
  std::optional<syntax::File> syntax = readFile(sources, file, diags);
  if (!syntax)
    return nullptr;
  std::string name = syntax->policy.name.text;
  known.push_back({file, std::move(name), std::move(*syntax)});
  return &known.back();
}

bool ModuleLoader::open(FileId file) {
  Known *found = read(file);
  if (!found)
    return false;
  stack.push_back({file, std::move(found->file), {}, 0});
  return openImports(stack.back());
}

/// Finds and reads what a file imports, so that its policies have names.
bool ModuleLoader::openImports(Open &importer) {
  for (const syntax::Import &import : importer.file.imports) {
    std::optional<FileId> found = find(import, importer.id);
    if (!found)
      return false;
    if (!lookUp(*found) && known.size() >= kMaxModules) {
      diags.report(import.range, diag::TooManyImports, unsigned(kMaxModules));
      return false;
    }
    if (!read(*found))
      return false;
    importer.imported.push_back(*found);
  }
  return true;
}

void ModuleLoader::reportUnknown(const Open &child, const syntax::Word &name) {
  std::vector<llvm::StringRef> names;
  for (const Known &each : known)
    if (llvm::is_contained(child.imported, each.id))
      names.push_back(each.name);
  Diagnostic &error =
      diags.report(name.range, diag::UnknownPolicy, shown(name.text));
  if (std::optional<llvm::StringRef> near = nearest(name.text, names))
    error.hint("did you mean `" + near->str() + "`").fix(name.range, near->str());
}

/// The file of the parent that is next, or nothing and a report.
std::optional<FileId> ModuleLoader::parentOf(Open &child) {
  const syntax::Word &name = child.file.policy.parents[child.next++];
  std::optional<FileId> found;
  for (const Known &each : known) {
    if (each.name != name.text || !llvm::is_contained(child.imported, each.id))
      continue;
    if (found) {
      diags.report(name.range, diag::AmbiguousPolicy, shown(name.text));
      return std::nullopt;
    }
    found = each.id;
  }
  if (!found)
    reportUnknown(child, name);
  return found;
}

void ModuleLoader::warnUnused(const Open &done) {
  for (size_t i = 0; i < done.imported.size(); ++i) {
    const std::string &imported = lookUp(done.imported[i])->name;
    bool isUsed = llvm::any_of(
        done.file.policy.parents,
        [&](const syntax::Word &name) { return name.text == imported; });
    if (!isUsed)
      diags.report(done.file.imports[i].range, diag::UnusedImport,
                   shown(imported));
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
