// tools/manual/Version.cpp: what `--version` says.
// SPDX-License-Identifier: Apache-2.0
#include "tools/manual/Version.h"

#include "lib/Kernel/Landlock.h"
#include "runtime/bundle/bundle.h"

#include "llvm/Config/llvm-config.h"

namespace srt::manual {

#ifdef __clang__
static constexpr const char *kCompiler = "clang " __clang_version__;
#else
static constexpr const char *kCompiler = "gcc " __VERSION__;
#endif

std::string versionText(const std::string &program) {
  std::string text = program + " " SRT_VERSION_TEXT;
  std::string commit = SRT_COMMIT;
  if (!commit.empty())
    text += "\ncommit " + commit;
  text += std::string("\nbuilt with ") + kCompiler + ", LLVM " LLVM_VERSION_STRING;
  text += "\nbundle format " + std::to_string(SRT_VERSION) +
          ", Landlock ABI 1 to " + std::to_string(kernel::newestAbi());
  return text;
}

} // namespace srt::manual
