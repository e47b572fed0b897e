// tools/import/Import.h: policies from the settings of other tools.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what an importer does not know is an error, never passed over;
// what it knows and cannot carry stands in the policy as a comment. Where the
// two differ the policy is the narrower one, or says so.
#ifndef SRT_TOOLS_IMPORT_IMPORT_H
#define SRT_TOOLS_IMPORT_IMPORT_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace srt::import {

enum class Format { SrtSettings, ClaudeCode, AppArmor, OciSeccomp };

/// "srt-settings", "claude-code", "apparmor", "oci-seccomp".
std::optional<Format> formatNamed(llvm::StringRef name);
const std::vector<std::string> &formatNames();

/// What became of a file: a policy, or what is wrong with the file.
struct Imported {
  std::string policy;
  std::vector<std::string> problems;
};

Imported importText(Format format, llvm::StringRef text);

/// One function for each format.
Imported importSrtSettings(llvm::StringRef text);
Imported importClaudeCode(llvm::StringRef text);
Imported importAppArmor(llvm::StringRef text);
Imported importOciSeccomp(llvm::StringRef text);

/// `import --from=FORMAT FILE [-o OUT]`, for srtc and for srt: reads, writes,
/// and prints what is wrong to standard error. Returns 0, or 1.
int runImport(llvm::StringRef program, llvm::StringRef format,
              llvm::StringRef file, llvm::StringRef output);

} // namespace srt::import

#endif
