// tools/import/Import.cpp: reads a file in one of the formats, writes the policy.
// SPDX-License-Identifier: Apache-2.0
#include "tools/import/Import.h"

#include "lib/Driver/Compile.h"
#include "lib/Driver/Files.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::import {

const std::vector<std::string> &formatNames() {
  static const std::vector<std::string> kNames = {"srt-settings", "claude-code",
                                                  "apparmor", "oci-seccomp"};
  return kNames;
}

std::optional<Format> formatNamed(llvm::StringRef name) {
  for (Format format : {Format::SrtSettings, Format::ClaudeCode, Format::AppArmor,
                        Format::OciSeccomp})
    if (formatNames()[size_t(format)] == name)
      return format;
  return std::nullopt;
}

/// What the compiler has against a policy: an importer does not know all that is
/// refused. That nothing stands in it is for whoever compiles it to hear.
static std::vector<std::string> errorsIn(const std::string &policy) {
  Sources sources;
  DiagnosticEngine diags;
  (void)compileToPolicy(sources, sources.add("imported.srt", policy), {}, diags);
  std::vector<std::string> errors;
  for (const Diagnostic *diagnostic : diags.sorted())
    if (diagnostic->severity == Severity::Error &&
        diagnostic->kind != diag::EmptyPolicy.id)
      errors.push_back("it would become no policy: " + diagnostic->message);
  return errors;
}

static Imported importAny(Format format, llvm::StringRef text);

Imported importText(Format format, llvm::StringRef text) {
  Imported imported = importAny(format, text);
  if (imported.problems.empty())
    imported.problems = errorsIn(imported.policy);
  return imported;
}

static Imported importAny(Format format, llvm::StringRef text) {
  // Parts of the text come to stand in the policy, which has to be UTF-8.
  size_t wrong = 0;
  if (!llvm::json::isUTF8(text, &wrong))
    return {"", {"byte " + std::to_string(wrong) + " is not UTF-8"}};
  switch (format) {
  case Format::SrtSettings:
    return importSrtSettings(text);
  case Format::ClaudeCode:
    return importClaudeCode(text);
  case Format::AppArmor:
    return importAppArmor(text);
  case Format::OciSeccomp:
    return importOciSeccomp(text);
  }
  return {};
}

/// Writes the policy, or says what keeps it from being written.
static bool write(llvm::StringRef program, llvm::StringRef output,
                  const std::string &policy) {
  DiagnosticEngine diags;
  if (writeOutput(output, policy, diags))
    return true;
  llvm::errs() << program << ": cannot write `" << output << "`\n";
  return false;
}

int runImport(llvm::StringRef program, llvm::StringRef format,
              llvm::StringRef file, llvm::StringRef output) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(file, /*IsText=*/true);
  if (!buffer) {
    llvm::errs() << program << ": cannot read `" << file
                 << "`: " << buffer.getError().message() << '\n';
    return 1;
  }
  Imported imported = importText(*formatNamed(format), (*buffer)->getBuffer());
  for (const std::string &problem : imported.problems)
    llvm::errs() << program << ": " << file << ": " << problem << '\n';
  if (!imported.problems.empty())
    return 1;
  return write(program, output, imported.policy) ? 0 : 1;
}

} // namespace srt::import
