// lib/Lsp/Edits.cpp: layout and fixes as edits of the document.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Edits.h"

#include "lib/Lsp/TextIndex.h"
#include "lib/Parse/Format.h"

#include <algorithm>

namespace srt::lsp {

using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

/// How many bytes of whole lines both texts begin with.
static size_t commonLines(StringRef a, StringRef b) {
  auto [at, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  StringRef same = a.take_front(size_t(at - a.begin()));
  size_t line = same.rfind('\n');
  return line == StringRef::npos ? 0 : line + 1;
}

/// How many bytes of whole lines both texts end with.
static size_t commonEnd(StringRef a, StringRef b) {
  size_t same = 0;
  while (same < std::min(a.size(), b.size()) &&
         a[a.size() - same - 1] == b[b.size() - same - 1])
    ++same;
  size_t line = a.take_back(same).find('\n');
  return line == StringRef::npos ? 0 : same - line - 1;
}

static Object editOf(StringRef before, StringRef after) {
  size_t begin = commonLines(before, after);
  StringRef old = before.drop_front(begin), now = after.drop_front(begin);
  size_t end = commonEnd(old, now);
  return Object{{"range", TextIndex(before).range(begin, before.size() - end)},
                {"newText", now.drop_back(end).str()}};
}

llvm::json::Value layoutOf(const Query &query) {
  Compilation compilation(query);
  std::optional<std::string> text =
      formatSrt(compilation.sources, compilation.root, compilation.diags);
  if (!text)
    return nullptr;
  if (*text == query.document.text)
    return Array{};
  return Array{editOf(query.document.text, *text)};
}

static bool touches(const llvm::lsp::Range &a, const llvm::lsp::Range &b) {
  return !(a.end < b.start) && !(b.end < a.start);
}

/// The fixes of one diagnostic, which is of our own making.
static void addFixes(const Document &document, const Object &diagnostic,
                     Array &actions) {
  const Object *data = diagnostic.getObject("data");
  const Array *fixes = data ? data->getArray("fixes") : nullptr;
  for (const llvm::json::Value &fix : fixes ? *fixes : Array{}) {
    const Object &parts = *fix.getAsObject();
    Object edit{{"range", *parts.get("range")},
                {"newText", *parts.get("newText")}};
    Object changes;
    changes[document.uri.uri().str()] = Array{std::move(edit)};
    actions.push_back(
        Object{{"title", *parts.get("title")},
               {"kind", "quickfix"},
               {"diagnostics", Array{Object(diagnostic)}},
               {"isPreferred", fixes->size() == 1},
               {"edit", Object{{"changes", std::move(changes)}}}});
  }
}

llvm::json::Value fixesIn(const Document &document, const Array &diagnostics,
                          llvm::lsp::Range range) {
  Array actions;
  for (const llvm::json::Value &each : diagnostics) {
    const Object &diagnostic = *each.getAsObject();
    llvm::lsp::Range place;
    llvm::json::Path::Root root;
    if (fromJSON(*diagnostic.get("range"), place, root) &&
        touches(place, range))
      addFixes(document, diagnostic, actions);
  }
  return actions;
}

} // namespace srt::lsp
