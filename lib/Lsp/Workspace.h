// lib/Lsp/Workspace.h: what a request is answered from.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_WORKSPACE_H
#define SRT_LIB_LSP_WORKSPACE_H

#include "lib/Driver/Compile.h"
#include "lib/Lsp/Documents.h"

namespace srt::lsp {

/// The open texts, and how policies are compiled (target, folder of std/).
struct Workspace {
  Documents documents;
  CompileOptions options;
};

/// A request about one document.
struct Query {
  const Workspace &workspace;
  const Document &document;
};

/// The sources of one compilation of a document: its own text as it is in the
/// editor; what it imports as it is in the editor, or else on disk.
struct Compilation {
  explicit Compilation(const Query &query);

  Sources sources;
  DiagnosticEngine diags;
  CompileOptions options;
  FileId root;
};

} // namespace srt::lsp

#endif
