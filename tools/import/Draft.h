// tools/import/Draft.h: a policy being written, with what could not be carried.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_IMPORT_DRAFT_H
#define SRT_TOOLS_IMPORT_DRAFT_H

#include "tools/import/Import.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/JSON.h"

namespace srt::import {

class Draft {
public:
  /// A line above the policy: where it comes from, an import.
  void head(const std::string &line) { above.push_back(line); }
  /// A statement, and a comment on its own line.
  void say(const std::string &statement) { body.push_back(statement); }
  void note(const std::string &comment) { body.push_back("// " + comment); }
  /// What was written there and has no statement here, and why.
  void lose(const std::string &what, const std::string &why);
  /// The file itself is wrong.
  void wrong(const std::string &what) { problems.push_back(what); }

  /// The whole policy: `policy NAME {`, or with `extends`.
  Imported finish(const std::string &name) const;

private:
  std::vector<std::string> above, body, problems;
};

/// A text in quotes, as .srt files have it. Line breaks become spaces.
std::string quoted(llvm::StringRef text);
/// A path whose every byte means itself.
std::string escaped(llvm::StringRef path);

/// Reads the text as one JSON object; reports what it is instead.
std::optional<llvm::json::Object> readObject(llvm::StringRef text, Draft &draft);

/// Reports keys that are not known, with the one that may have been meant.
void checkKeys(const llvm::json::Object &object, llvm::StringRef where,
               llvm::ArrayRef<llvm::StringRef> known, Draft &draft);

/// The texts of an array of strings; reports what is none.
std::vector<std::string> textsOf(const llvm::json::Object &object,
                                 llvm::StringRef key, llvm::StringRef where,
                                 Draft &draft);

} // namespace srt::import

#endif
