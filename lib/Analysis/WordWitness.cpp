// lib/Analysis/WordWitness.cpp: bytes and markers, taken apart.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Analysis/WordWitness.h"

namespace srt {

static std::vector<std::string> valuesOf(const ir::Policy &policy,
                                         const PathSpace &space,
                                         const automata::Word &word) {
  std::vector<std::string> values;
  for (const ir::Param &param : policy.params)
    values.push_back(space.valueOf(param, word));
  return values;
}

Witness witnessOf(Space kind, const PathSpace &space,
                  const automata::Word &word, const ir::Policy &before,
                  const ir::Policy &after) {
  Witness witness;
  llvm::SmallVector<llvm::StringRef, 8> words;
  llvm::StringRef(word.bytes).split(words, '\0');
  for (llvm::StringRef each : words)
    witness.words.push_back(each.str());
  if (kind == Space::Abstract)
    witness.words[0] = "unix:@" + witness.words[0];
  else if (kind != Space::Names && witness.words[0].empty())
    witness.words[0] = "/";
  witness.binding = space.bindingText(word);
  witness.oldValues = valuesOf(before, space, word);
  witness.newValues = valuesOf(after, space, word);
  witness.searchPath = space.searchPathOf(word);
  return witness;
}

std::string eventText(ir::ActionId leaf, const Witness &witness) {
  std::string text = ir::spelling(leaf).str();
  for (const std::string &word : witness.words)
    text += " " + word;
  return text + (witness.binding.empty() ? "" : ", " + witness.binding);
}

} // namespace srt
