// lib/Lsp/Project.h: a document and all that it imports, by their names only.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_PROJECT_H
#define SRT_LIB_LSP_PROJECT_H

#include "lib/Lsp/Outline.h"
#include "lib/Lsp/Workspace.h"

namespace srt::lsp {

/// One .srt file: as it is in the editor, or else on disk.
struct ProjectFile {
  llvm::lsp::URIForFile uri;
  std::string path;
  std::string text;
  Outline outline;
};

/// The file that `import "file"` names in the file at `importer`.
std::string resolvedImport(llvm::StringRef file, llvm::StringRef importer,
                           const CompileOptions &options);

/// The document first, then what it imports, nearest first, each once; at most
/// kMaxModules. Files that cannot be read are left out.
std::vector<ProjectFile> projectOf(const Query &query);

/// A param and the file that declares it.
struct DeclaredParam {
  const ProjectFile *file;
  const ParamSite *param;
};

/// The declaration of the param, or nothing.
std::optional<DeclaredParam> findParam(const std::vector<ProjectFile> &project,
                                       llvm::StringRef name);

} // namespace srt::lsp

#endif
