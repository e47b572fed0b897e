// lib/Lsp/Names.cpp: where names are declared, and how they are changed.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Names.h"

#include "lib/Lsp/Places.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::lsp {

bool isSrt(const Document &document) {
  std::string path = document.path();
  return llvm::none_of(
      std::initializer_list<llvm::StringRef>{".yaml", ".yml", ".toml", ".json",
                                             ".srtir"},
      [&](llvm::StringRef ending) {
        return llvm::StringRef(path).ends_with(ending);
      });
}

static std::optional<ParamAt> paramIn(const Outline &outline, size_t offset) {
  for (const ParamSite &param : outline.params)
    if (param.span.touches(offset))
      return ParamAt{param.name, param.span};
  for (const UseSite &use : outline.uses)
    if (use.span.touches(offset))
      return ParamAt{use.name, use.span};
  return std::nullopt;
}

std::optional<ParamAt> paramAt(const Query &query, size_t offset) {
  if (!isSrt(query.document))
    return std::nullopt;
  return paramIn(outlineOf(query.document.text), offset);
}

static llvm::json::Value locationOf(const ProjectFile &file, Span span) {
  TextIndex index(file.text);
  return ownedLocation({file.uri, index.range(span.begin, span.end)});
}

/// The policy of that name among the imports.
static llvm::json::Value parentNamed(const std::vector<ProjectFile> &project,
                                     llvm::StringRef name) {
  for (const ProjectFile &file : llvm::ArrayRef(project).drop_front())
    if (file.outline.policy && file.outline.policy->name == name)
      return locationOf(file, file.outline.policy->span);
  return nullptr;
}

static llvm::json::Value fileNamed(const std::vector<ProjectFile> &project,
                                   const std::string &path) {
  for (const ProjectFile &file : project)
    if (file.path == path)
      return locationOf(file, file.outline.policy ? file.outline.policy->span
                                                  : Span());
  return nullptr;
}

llvm::json::Value definitionAt(const Query &query,
                               llvm::lsp::Position position) {
  if (!isSrt(query.document))
    return nullptr;
  size_t offset = TextIndex(query.document.text).offset(position);
  std::vector<ProjectFile> project = projectOf(query);
  const ProjectFile &root = project.front();
  if (std::optional<ParamAt> param = paramIn(root.outline, offset)) {
    std::optional<DeclaredParam> found = findParam(project, param->name);
    return found ? locationOf(*found->file, found->param->span) : nullptr;
  }
  for (const NameSite &parent : root.outline.parents)
    if (parent.span.touches(offset))
      return parentNamed(project, parent.name);
  for (const ImportSite &site : root.outline.imports)
    if (site.span.touches(offset))
      return fileNamed(project, resolvedImport(site.file, root.path,
                                               query.workspace.options));
  return nullptr;
}

llvm::json::Value renamableAt(const Query &query,
                              llvm::lsp::Position position) {
  TextIndex index(query.document.text);
  std::optional<ParamAt> param = paramAt(query, index.offset(position));
  if (!param)
    return nullptr;
  return index.range(param->span.begin, param->span.end);
}

static llvm::Error refusal(const llvm::Twine &why) {
  return llvm::make_error<llvm::lsp::LSPError>(
      why.str(), llvm::lsp::ErrorCode::RequestFailed);
}

/// What the grammar takes for a name, without dots.
static bool isName(llvm::StringRef text) {
  auto isPart = [](char c) { return llvm::isAlnum(c) || c == '_' || c == '-'; };
  return !text.empty() && (llvm::isAlpha(text[0]) || text[0] == '_') &&
         llvm::all_of(text, isPart);
}

static std::vector<llvm::lsp::TextEdit>
editsIn(const ProjectFile &file, llvm::StringRef name, llvm::StringRef newName) {
  TextIndex index(file.text);
  std::vector<llvm::lsp::TextEdit> edits;
  auto add = [&](Span span) {
    llvm::lsp::TextEdit edit;
    edit.range = index.range(span.begin, span.end);
    edit.newText = newName.str();
    edits.push_back(std::move(edit));
  };
  for (const ParamSite &param : file.outline.params)
    if (param.name == name)
      add(param.span);
  for (const UseSite &use : file.outline.uses)
    if (use.name == name)
      add(use.span);
  return edits;
}

namespace {
/// The document and every open one that sees its params, with what these see.
using Projects = std::vector<std::vector<ProjectFile>>;
} // namespace

static Projects projectsAround(const Query &query) {
  Projects projects{projectOf(query)};
  for (const auto &[uri, document] : query.workspace.documents.all()) {
    if (&document == &query.document || !isSrt(document))
      continue;
    std::vector<ProjectFile> project = projectOf({query.workspace, document});
    bool sees = llvm::any_of(project, [&](const ProjectFile &file) {
      return file.path == query.document.path();
    });
    if (sees)
      projects.push_back(std::move(project));
  }
  return projects;
}

/// Says why the param cannot have that name, or nothing.
static std::string problemOf(const Projects &projects, llvm::StringRef name,
                             llvm::StringRef newName) {
  if (!isName(newName))
    return "`" + shown(newName) + "` is not a name: a letter or `_`, then "
           "letters, digits, `_` and `-`";
  std::optional<DeclaredParam> declared = findParam(projects[0], name);
  if (!declared)
    return "no `param " + name.str() + "` is declared";
  if (declared->file != &projects[0].front())
    return "`" + name.str() + "` is declared in " + declared->file->path +
           "; rename it there";
  for (const std::vector<ProjectFile> &project : projects) {
    if (findParam(project, newName))
      return "`" + newName.str() + "` is declared already";
    for (const ProjectFile &file : project)
      for (const UseSite &use : file.outline.uses)
        if (use.name == name && use.spelling == UseSite::Spelling::Short)
          return "`~/` and `./` stand for `${home}` and `${project}`; this one "
                 "keeps its name";
  }
  return {};
}

llvm::Expected<llvm::json::Value> renameAt(const Query &query,
                                           llvm::lsp::Position position,
                                           llvm::StringRef newName) {
  size_t offset = TextIndex(query.document.text).offset(position);
  std::optional<ParamAt> param = paramAt(query, offset);
  if (!param)
    return refusal("only params can be renamed, and here is none");
  Projects projects = projectsAround(query);
  std::string problem = problemOf(projects, param->name, newName);
  if (!problem.empty())
    return refusal(problem);
  llvm::lsp::WorkspaceEdit edit;
  for (const std::vector<ProjectFile> &project : projects)
    for (const ProjectFile &file : project) {
      auto edits = editsIn(file, param->name, newName);
      if (!edits.empty())
        edit.changes[file.uri.uri().str()] = std::move(edits);
    }
  return llvm::json::Value(edit);
}

} // namespace srt::lsp
