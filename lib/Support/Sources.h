// lib/Support/Sources.h: the files a compilation has read, and places in them.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a SourceRange stays meaningful for the life of the Sources it
// came from, and can be printed even if the file's text is not at hand (as for
// ranges that were read back from IR text).
#ifndef SRT_LIB_SUPPORT_SOURCES_H
#define SRT_LIB_SUPPORT_SOURCES_H

#include "lib/Support/Id.h"

#include "llvm/ADT/StringRef.h"

#include <memory>
#include <string>
#include <vector>

namespace srt {

using FileId = Id<struct FileTag>;

/// A stretch of one file. Lines and columns count from 1, columns in bytes;
/// the end is exclusive. `line == 0` means "no place" (see isNowhere).
struct SourceRange {
  FileId file;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t endLine = 0;
  uint32_t endColumn = 0;

  bool isNowhere() const { return line == 0; }
  friend bool operator==(SourceRange, SourceRange) = default;
};

/// The range from the start of `first` to the end of `last`.
/// Requires: both in one file, `first` not after `last`.
SourceRange joined(SourceRange first, SourceRange last);

/// The part of `whole` from byte `begin` to `end`, counted from its start.
/// Requires: `whole` lies on one line.
SourceRange subrange(SourceRange whole, size_t begin, size_t end);

/// Owns names and texts of source files. Not copyable: StringRefs into it are
/// valid as long as it lives.
class Sources {
public:
  Sources() = default;
  Sources(const Sources &) = delete;
  Sources &operator=(const Sources &) = delete;

  /// Adds a file with its text and returns its id.
  FileId add(llvm::StringRef name, std::string text);

  /// Finds the file of that name, or adds it without a text.
  FileId named(llvm::StringRef name);

  llvm::StringRef name(FileId file) const;
  llvm::StringRef text(FileId file) const;
  uint32_t count() const { return files.size(); }

  /// The line without its end, or an empty text if there is none.
  llvm::StringRef line(FileId file, uint32_t number) const;

  /// The range of bytes [begin, end) of a file. O(log lines).
  SourceRange range(FileId file, size_t begin, size_t end) const;

  /// The byte offset of a place. O(1). Requires: the file has a text.
  size_t offset(FileId file, uint32_t line, uint32_t column) const;

private:
  struct File {
    std::string name;
    std::string text;
    std::vector<size_t> lineStarts; // offset of each line; empty without text
  };
  // Pointers, so that a StringRef into a file survives the next add().
  std::vector<std::unique_ptr<File>> files;
};

} // namespace srt

#endif
