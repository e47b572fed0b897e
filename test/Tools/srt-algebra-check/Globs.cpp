// test/Tools/srt-algebra-check/Globs.cpp: a small world, all of it.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-algebra-check/Check.h"

#include "lib/IR/PatternText.h"
#include "test/Tools/srt-algebra-check/OnePattern.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::check {

/// Every text of up to `most` bytes that begins with a slash.
static std::vector<std::string> textsOver(llvm::StringRef alphabet,
                                          unsigned most) {
  std::vector<std::string> texts{"/"};
  for (size_t i = 0; i < texts.size(); ++i)
    if (texts[i].size() < most)
      for (char byte : alphabet)
        texts.push_back(texts[i] + byte);
  return texts;
}

static bool isCanonicalPath(llvm::StringRef path) {
  return path == "/" || (!path.contains("//") && !path.ends_with("/"));
}

static std::vector<ir::PathPattern> patternsUpTo(unsigned most) {
  std::vector<ir::PathPattern> patterns;
  for (const std::string &text : textsOver("ab/*?", most)) {
    ir::TextError error;
    if (std::optional<ir::PathPattern> path = ir::readPath(text, {}, error))
      patterns.push_back(*path);
  }
  return patterns;
}

size_t checkGlobs(unsigned patternSize, unsigned pathSize) {
  std::vector<std::string> paths = textsOver("ab/", pathSize);
  llvm::erase_if(paths, [](const std::string &path) { return !isCanonicalPath(path); });
  std::vector<ir::PathPattern> patterns = patternsUpTo(patternSize);
  size_t failed = 0;
  uint32_t largest = 0;
  for (const ir::PathPattern &pattern : patterns) {
    OnePattern one(pattern);
    largest = std::max(largest, one.states());
    for (const std::string &path : paths) {
      std::string who = one.dissenters(path);
      if (who.empty())
        continue;
      ++failed;
      llvm::outs() << ir::text(pattern, {}) << " on " << path << ":" << who
                   << " differ\n";
    }
  }
  llvm::outs() << patterns.size() << " patterns, " << paths.size()
               << " paths, at most " << largest << " states; " << failed
               << " differ\n";
  return failed;
}

} // namespace srt::check
