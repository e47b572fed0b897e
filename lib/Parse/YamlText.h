// lib/Parse/YamlText.h: what can be said of YAML line by line and word by word.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_PARSE_YAMLTEXT_H
#define SRT_LIB_PARSE_YAMLTEXT_H

#include "lib/Parse/Tables.h"

#include "llvm/Support/Regex.h"

namespace srt::tables {

/// Reports E1016: `what` stands at bytes [begin, end).
Diagnostic &reportYamlFeature(const Reading &reading, size_t begin, size_t end,
                              llvm::StringRef what);

/// Reports directives, further documents and tabs in front of text: what
/// llvm::yaml takes in stride or reads in its own way. False if there are any.
bool checkYamlLines(const Reading &reading);

/// Reports runs of commas with nothing between them, which llvm::yaml skips by
/// recursion. False if there are any.
bool checkYamlCommas(const Reading &reading);

/// Tells the kinds of plain scalars apart. Words that are a truth value, number
/// or date in YAML 1.1 or in YAML 1.2 are not Text: others who read the file
/// may know either.
class PlainKinds {
public:
  PlainKinds();
  Node::Kind kindOf(llvm::StringRef text) const;

private:
  llvm::Regex number;
  llvm::Regex date;
};

} // namespace srt::tables

#endif
