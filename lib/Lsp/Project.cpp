// lib/Lsp/Project.cpp: a document and all that it imports, by their names only.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Project.h"

#include "lib/Driver/Files.h"
#include "lib/Lsp/Places.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

namespace srt::lsp {

std::string resolvedImport(llvm::StringRef file, llvm::StringRef importer,
                           const CompileOptions &options) {
  if (file.starts_with("std/") || llvm::sys::path::is_absolute(file))
    return pathOfImport(file, options);
  llvm::SmallString<128> path(llvm::sys::path::parent_path(importer));
  llvm::sys::path::append(path, file);
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  return std::string(path);
}

/// The text of the file at `path`, from the editor or from disk.
static std::optional<std::string> textOf(const Workspace &workspace,
                                         const std::string &path) {
  for (const auto &[uri, document] : workspace.documents.all())
    if (document.path() == path)
      return document.text;
  Sources sources;
  DiagnosticEngine diags;
  std::optional<FileId> file = readInput(sources, path, diags);
  if (!file || sources.text(*file).size() > kMaxDocument)
    return std::nullopt;
  return sources.text(*file).str();
}

static std::optional<ProjectFile> readProjectFile(const Workspace &workspace,
                                                  const std::string &path) {
  auto uri = llvm::lsp::URIForFile::fromFile(path);
  if (!uri) {
    llvm::consumeError(uri.takeError());
    return std::nullopt;
  }
  std::optional<std::string> text = textOf(workspace, path);
  if (!text)
    return std::nullopt;
  Outline outline = outlineOf(*text);
  return ProjectFile{*uri, path, std::move(*text), std::move(outline)};
}

std::vector<ProjectFile> projectOf(const Query &query) {
  const Document &root = query.document;
  std::vector<ProjectFile> files{
      {root.uri, root.path(), root.text, outlineOf(root.text)}};
  std::vector<std::string> seen{root.path()};
  for (size_t i = 0; i < files.size(); ++i)
    for (const ImportSite &site : std::vector(files[i].outline.imports)) {
      std::string path = resolvedImport(site.file, files[i].path,
                                        query.workspace.options);
      if (llvm::is_contained(seen, path) || seen.size() >= kMaxModules)
        continue;
      seen.push_back(path);
      if (auto file = readProjectFile(query.workspace, path))
        files.push_back(std::move(*file));
    }
  return files;
}

std::optional<DeclaredParam> findParam(const std::vector<ProjectFile> &project,
                                       llvm::StringRef name) {
  for (const ProjectFile &file : project)
    for (const ParamSite &param : file.outline.params)
      if (param.name == name)
        return DeclaredParam{&file, &param};
  return std::nullopt;
}

} // namespace srt::lsp
