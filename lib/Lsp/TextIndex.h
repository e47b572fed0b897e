// lib/Lsp/TextIndex.h: places in a text as the protocol counts them.
// SPDX-License-Identifier: Apache-2.0
//
// The protocol counts lines from 0 and, in a line, UTF-16 code units from 0;
// "\n", "\r\n" and a lone "\r" end a line (Language Server Protocol 3.17,
// "Text Documents"). We count bytes. A byte that is not UTF-8 is one unit.
#ifndef SRT_LIB_LSP_TEXTINDEX_H
#define SRT_LIB_LSP_TEXTINDEX_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/LSP/Protocol.h"

#include <vector>

namespace srt::lsp {

/// Requires: the text outlives the index.
class TextIndex {
public:
  explicit TextIndex(llvm::StringRef text);

  /// The byte offset of a place, whatever it is: beyond the end of its line is
  /// the end of that line, beyond the last line the end of the text, inside a
  /// character its start, negative 0. O(length of the line).
  size_t offset(llvm::lsp::Position position) const;

  /// The place of a byte; one inside a character counts as its start, one
  /// beyond the end as the end. O(log lines + length of the line).
  llvm::lsp::Position position(size_t offset) const;

  llvm::lsp::Range range(size_t begin, size_t end) const {
    return {position(begin), position(end)};
  }

private:
  llvm::StringRef line(size_t number) const;

  llvm::StringRef text;
  std::vector<size_t> starts; // offset of each line
};

} // namespace srt::lsp

#endif
