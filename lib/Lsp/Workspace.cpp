// lib/Lsp/Workspace.cpp: what a request is answered from.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Workspace.h"

namespace srt::lsp {

Compilation::Compilation(const Query &query)
    : options(query.workspace.options) {
  for (const auto &[uri, document] : query.workspace.documents.all())
    if (!document.isTooLarge)
      options.openTexts[document.path()] = document.text;
  root = sources.add(query.document.path(), query.document.text);
}

} // namespace srt::lsp
