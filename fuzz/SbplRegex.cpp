// fuzz/SbplRegex.cpp: Seatbelt's regular expressions against regexec(3).
// SPDX-License-Identifier: Apache-2.0
//
// First line: the pattern; the others: texts. Where the dialect means the same
// as POSIX extended expressions, the C library is the second opinion. It
// backtracks and refuses, so patterns are short.
#include "lib/Sim/SbplRegex.h"
#include "fuzz/Target.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

#include <regex.h>

using namespace srt;

static constexpr size_t kMaxPattern = 32, kMaxText = 64;

/// True unless GNU knows an escape that Seatbelt does not.
static bool isPosix(llvm::StringRef pattern) {
  for (size_t at = pattern.find('\\'); at != pattern.npos;
       at = pattern.find('\\', at + 2))
    if (at + 1 < pattern.size() &&
        llvm::StringRef("<>`'").contains(pattern[at + 1]))
      return false;
  return llvm::all_of(pattern, llvm::isPrint);
}

namespace {
class Posix {
public:
  explicit Posix(const std::string &pattern)
      : compiled(regcomp(&regex, pattern.c_str(), REG_EXTENDED | REG_NOSUB) ==
                 0) {}
  ~Posix() {
    if (compiled)
      regfree(&regex);
  }
  bool isCompiled() const { return compiled; }
  bool matches(const std::string &text) const {
    return regexec(&regex, text.c_str(), 0, nullptr, 0) == 0;
  }

private:
  regex_t regex = {};
  bool compiled;
};
} // namespace

static void compare(llvm::StringRef pattern, const sim::SbplRegex &regex,
                    llvm::ArrayRef<llvm::StringRef> texts) {
  Posix posix(pattern.str());
  fuzz::require(posix.isCompiled(), "the C library refuses the pattern");
  for (llvm::StringRef text : texts)
    if (text.size() <= kMaxText && llvm::all_of(text, llvm::isPrint))
      fuzz::require(regex.matches(text) == posix.matches(text.str()),
                    ("two opinions on " + pattern + " and " + text).str());
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::SmallVector<llvm::StringRef, 16> lines;
  fuzz::textOf(data, size).split(lines, '\n', 16);
  llvm::StringRef pattern = lines.front();
  std::string why;
  auto regex = sim::SbplRegex::compile(pattern, why);
  fuzz::require(regex || !why.empty(), "refused without a reason");
  auto texts = llvm::ArrayRef(lines).drop_front();
  if (!regex)
    return 0;
  for (llvm::StringRef text : texts)
    (void)regex->matches(text.take_front(kMaxText));
  if (pattern.size() <= kMaxPattern && isPosix(pattern))
    compare(pattern, *regex, texts);
  return 0;
}
